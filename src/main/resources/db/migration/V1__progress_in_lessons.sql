-- How far learners have come. A learner's id is a hash or a word, never a secret.
CREATE TABLE progress (
    learner VARCHAR(64) NOT NULL,
    lesson VARCHAR(64) NOT NULL,
    place VARCHAR(64),
    changed TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (learner, lesson)
);

CREATE TABLE passed_step (
    learner VARCHAR(64) NOT NULL,
    lesson VARCHAR(64) NOT NULL,
    step VARCHAR(64) NOT NULL,
    PRIMARY KEY (learner, lesson, step),
    FOREIGN KEY (learner, lesson) REFERENCES progress ON DELETE CASCADE
);

-- Of steps that have not passed yet, too.
CREATE TABLE met_check (
    learner VARCHAR(64) NOT NULL,
    lesson VARCHAR(64) NOT NULL,
    name VARCHAR(64) NOT NULL,
    PRIMARY KEY (learner, lesson, name),
    FOREIGN KEY (learner, lesson) REFERENCES progress ON DELETE CASCADE
);

-- No answer: the truth was seen first. No truth: it is not known yet.
CREATE TABLE prediction (
    learner VARCHAR(64) NOT NULL,
    lesson VARCHAR(64) NOT NULL,
    name VARCHAR(64) NOT NULL,
    answer VARCHAR(1000),
    truth VARCHAR(100000),
    PRIMARY KEY (learner, lesson, name),
    FOREIGN KEY (learner, lesson) REFERENCES progress ON DELETE CASCADE
);

-- The last answer: indices of choices, such as "0,2".
CREATE TABLE quiz_answer (
    learner VARCHAR(64) NOT NULL,
    lesson VARCHAR(64) NOT NULL,
    name VARCHAR(64) NOT NULL,
    answer VARCHAR(1000) NOT NULL,
    correct BOOLEAN NOT NULL,
    PRIMARY KEY (learner, lesson, name),
    FOREIGN KEY (learner, lesson) REFERENCES progress ON DELETE CASCADE
);
