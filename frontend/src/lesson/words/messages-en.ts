/** The English words of lessons: the pane beside the terminals, and the list on the start page. */
export const english = {
  lessonLoading: "The lesson is being fetched…",
  lessonFailed: "This lesson can’t be opened",
  lessonsAll: "All lessons",
  lackingNetworkAdmin:
    "This lab was started without rights over networks. Steps that make a network namespace (unshare -n) or a link (ip link add) can’t be done here, nor can the steps that build on them. You can still read the lesson.",
  lacking: "This lab was started without what this lesson requires: {0}.",
  lessonOther: "This sandbox is used for something else in another window. Nothing is checked in this one meanwhile.",
  leftOver: "Your sandbox still contains processes, namespaces or mounts from before. They can get in the way of this lesson.",
  leftOverFresh: "Start fresh",
  leftOverKeep: "Keep mine",
  lessonHere: "Go on here",
  progressUnkept: "Your progress can’t be saved at the moment. Just carry on: the server remembers it and saves it as soon as it can.",
  progressKept: "Your progress is saved again, and so is what you have done meanwhile.",

  // Steps
  stepOf: "Step {0} of {1}",
  stepList: "Steps of this lesson",
  stepPassed: "passed",
  stepCurrent: "where you are",
  stepAhead: "ahead",
  stepProgress: "{0} of {1} steps passed",
  stepNext: "Next",
  stepNextTitle: "Next step (N)",
  stepBack: "Back",
  stepBackTitle: "Previous step (P)",
  stepFinish: "Finish",
  stepDone: "Step passed",
  stepReadingAhead: "You are reading ahead. Nothing is checked here until “{0}” is passed.",
  stepReturn: "Back to step {0}",
  stepsAnew: "Begin this lesson anew",
  anewQuestion: "Forget how far you are in this lesson?",
  anewDetail: "All steps, answers and predictions of it are cleared.",
  anewReset: "Take a fresh sandbox as well",
  anewConfirm: "Begin anew",
  arrive: "Take me to this step",
  arriveAgain: "Set the sandbox up for this step",
  arriveQuestion: "Start over and play the steps before this one?",
  arriveDetail:
    "The sandbox is reset: every process and file in it goes away. Then everything that the earlier steps ask for is typed for you.",
  arriveConfirm: "Reset and play",
  playing: "The steps before this one are being played in a fresh sandbox…",

  // Run
  run: "Run",
  runIn: "Type this into {0}",
  runInterrupt: "Press Ctrl+C in {0}",
  runUnknown: "This needs a number that the kernel has not given out yet. You get it by doing what is above, here or in an earlier step.",
  runUnknownValue: "not known yet",

  // Check
  checkMet: "met",
  checkOpen: "not yet",
  checkWaiting: "not looked at yet",
  checkHint: "Hint",
  checkPlain: "What the kernel says",
  checkFound: "Show {0} in the panel",
  checkGone: "{0}, which has ended",

  // Predict
  predict: "Before you look",
  predictAnswer: "Your answer",
  predictLock: "Lock in",
  predictLocked: "Locked in: {0}. The kernel will tell.",
  predictRight: "You said “{0}”, and so says the kernel.",
  predictWrong: "You said “{0}”; the kernel says “{1}”. Now you know something that many get wrong.",
  predictMissed: "It happened before you answered: the kernel says “{0}”.",

  // Hint, quiz
  hint: "A hint",
  quiz: "Question",
  quizSeveral: "Several may be right.",
  quizAnswer: "Answer",
  quizAgain: "Not quite. Have another look and try again.",
  quizRight: "Right.",

  // End
  doneTitle: "Lesson done",
  doneDetail: "Every step of it was true in the kernel, not just on the screen.",
  doneNext: "Next lesson",
  doneLast: "That was the last one. The lab stays open for your own experiments.",

  // What a screen reader is told
  saidMet: "Met: {0}",
  saidPassed: "Step passed: {0}",
  saidHint: "Hint: {0}",
  saidRight: "Your prediction was right: “{0}”",
  saidWrong: "Your prediction was wrong: the kernel says “{0}”",
  saidMissed: "The kernel says “{0}”",

  // Start page
  lessonsFailed: "The lessons can’t be listed",
  lessonBegin: "Begin",
  lessonContinue: "Continue",
  lessonAgain: "Look again",
  lessonMinutes: "{0} min",
  lessonSteps: "{0} steps",
  lessonPassed: "{0} of {1} steps",
  lessonComplete: "done",
  lessonBroken: "broken",
  lessonBrokenDetail: "This lesson is shown as soon as its files are in order:",
  lessonLine: "{0}, line {1}",
} as const;
