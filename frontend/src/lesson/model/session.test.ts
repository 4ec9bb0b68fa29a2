import { afterEach, expect, it, vi } from "vitest";
import { LessonSession, type LessonView } from "./session";

const view = () => ({ lesson: vi.fn(), failed: vi.fn(), unbound: vi.fn(), refused: vi.fn(), next: vi.fn() }) satisfies LessonView;

/** Gives these answers, one after another, and returns what was asked. */
function server(...answers: Response[]): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (address: URL | string, { method, body }: RequestInit) => {
    asked.push(`${method} ${new URL(address).pathname} ${body ?? ""}`.trim());
    return answers.shift() ?? new Response(null, { status: 204 });
  });
  return asked;
}

const problem = (status: number) => Response.json({ type: "urn:nslab:problem:answered", title: "No", status }, { status });

afterEach(() => vi.unstubAllGlobals());

it("asks nothing of the server before there is a sandbox", async () => {
  const asked = server();
  const session = new LessonSession("uts", view());
  await session.bind();
  await session.complete("names");
  expect(asked).toEqual([]);
});

it("binds the lesson to each sandbox that it enters, and says whether it is bound", async () => {
  const asked = server(problem(404));
  const told = view();
  const session = new LessonSession("uts", told);
  await session.enter("one");
  expect(told.unbound).toHaveBeenLastCalledWith(expect.objectContaining({ name: "RequestFailed" }));
  await session.enter("two");
  expect(told.unbound).toHaveBeenLastCalledWith(undefined);
  expect(asked).toEqual(['PUT /api/sandboxes/one/lesson {"lesson":"uts"}', 'PUT /api/sandboxes/two/lesson {"lesson":"uts"}']);
});

it("sends what the learner does to the server, and reports only what was refused", async () => {
  const told = view();
  const session = new LessonSession("uts", told);
  server();
  await session.enter("one");
  const asked = server(problem(409));
  await session.predict("program", "bash");
  expect(told.refused).toHaveBeenCalledOnce();
  await session.answer("why", [1]);
  await session.place("names");
  await session.anew();
  await session.arrive("copy");
  expect(told.refused).toHaveBeenCalledOnce();
  expect(asked).toEqual([
    'PUT /api/sandboxes/one/progress/predictions/program {"answer":"bash"}',
    'PUT /api/sandboxes/one/progress/quizzes/why {"answer":[1]}',
    'PUT /api/sandboxes/one/progress/place {"step":"names"}',
    "DELETE /api/sandboxes/one/progress",
    "POST /api/sandboxes/one/progress/steps/copy/arrival",
  ]);
});
