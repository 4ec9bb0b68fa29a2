import { call } from "../../kit/api";
import { language } from "../../kit/messages";
import { type Lesson, type LessonSummary, readCatalogue, readLesson } from "../../wire/lesson";

const part = encodeURIComponent;
const progressOf = (sandbox: string) => `api/sandboxes/${part(sandbox)}/progress`;

/**
 * The REST calls about lessons, all in the page's language. Each may throw RequestFailed. The learner's progress is not taken from their
 * answers: the sandbox's socket sends it when it is opened, and after each change.
 */
export const lessonApi = {
  catalogue: async (): Promise<LessonSummary[]> => readCatalogue(await call("GET", `api/lessons?lang=${language}`)),
  lesson: async (id: string): Promise<Lesson> => readLesson(await call("GET", `api/lessons/${part(id)}?lang=${language}`)),
  bind: (sandbox: string, lesson: string) => change("PUT", `api/sandboxes/${part(sandbox)}/lesson`, { lesson }),
  complete: (sandbox: string, step: string) => change("POST", `${progressOf(sandbox)}/steps/${part(step)}/completion`),
  predict: (sandbox: string, block: string, answer: string) =>
    change("PUT", `${progressOf(sandbox)}/predictions/${part(block)}`, { answer }),
  answer: (sandbox: string, block: string, answer: readonly number[]) =>
    change("PUT", `${progressOf(sandbox)}/quizzes/${part(block)}`, { answer }),
  place: (sandbox: string, step: string) => change("PUT", `${progressOf(sandbox)}/place`, { step }),
  anew: (sandbox: string) => change("DELETE", progressOf(sandbox)),
  arrive: (sandbox: string, step: string) => change("POST", `${progressOf(sandbox)}/steps/${part(step)}/arrival`),
};

async function change(method: string, path: string, body?: object): Promise<void> {
  await call(method, path, body);
}
