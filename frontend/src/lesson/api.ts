import { call } from "../kit/api";
import { language } from "../kit/messages";
import { Fields } from "../wire/json";
import { type Lesson, type LessonSummary, type Progress, readCatalogue, readLesson, readProgress } from "../wire/lesson";

const part = encodeURIComponent;
const progressOf = (sandbox: string) => `api/sandboxes/${part(sandbox)}/progress`;
const read = (body: unknown) => readProgress(new Fields(body));

/** The REST calls about lessons, all in the page's language; each throws RequestFailed. */
export const lessonApi = {
  catalogue: async (): Promise<LessonSummary[]> => readCatalogue(await call("GET", `api/lessons?lang=${language}`)),
  lesson: async (id: string): Promise<Lesson> => readLesson(await call("GET", `api/lessons/${part(id)}?lang=${language}`)),
  bind: async (sandbox: string, lesson: string): Promise<Progress> =>
    read(await call("PUT", `api/sandboxes/${part(sandbox)}/lesson`, { lesson })),
  progress: async (sandbox: string): Promise<Progress> => read(await call("GET", progressOf(sandbox))),
  complete: async (sandbox: string, step: string): Promise<Progress> =>
    read(await call("POST", `${progressOf(sandbox)}/steps/${part(step)}/completion`)),
  predict: async (sandbox: string, block: string, answer: string): Promise<Progress> =>
    read(await call("PUT", `${progressOf(sandbox)}/predictions/${part(block)}`, { answer })),
  answer: async (sandbox: string, block: string, answer: readonly number[]): Promise<Progress> =>
    read(await call("PUT", `${progressOf(sandbox)}/quizzes/${part(block)}`, { answer })),
  place: async (sandbox: string, step: string): Promise<void> => {
    await call("PUT", `${progressOf(sandbox)}/place`, { step });
  },
  anew: async (sandbox: string): Promise<void> => {
    await call("DELETE", progressOf(sandbox));
  },
  arrive: async (sandbox: string, step: string): Promise<void> => {
    await call("POST", `${progressOf(sandbox)}/steps/${part(step)}/arrival`);
  },
};
