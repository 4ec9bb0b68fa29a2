import type { Fields } from "./json";

/** One line of a mount namespace's mountinfo (proc_pid_mountinfo(5)). */
export interface Mount {
  readonly id: number;
  readonly parent: number;
  /** Major and minor number of the file system's device, "0:52": the same for all mounts of it, and of no other. */
  readonly device: string;
  readonly point: string;
  /** What of the file system is mounted: "/" unless a folder or a file of it is. */
  readonly root: string;
  readonly type: string;
  readonly source: string;
  readonly options: readonly string[];
  /** Those of the file system, the same for all mounts of it. */
  readonly superOptions: readonly string[];
  readonly propagation: "private" | "shared" | "slave" | "shared,slave" | "unbindable";
  readonly peerGroup: number | null;
  /** The peer group from which a slave receives. */
  readonly master: number | null;
}

/**
 * The mounts of a namespace. With a `base`, another mount namespace's inode: all of that one but those with the ids in `without`, and
 * `mounts` besides; ids and parents of those taken over are the base's. `more` were left out.
 */
export interface MountList {
  readonly base: number | null;
  readonly without: readonly number[];
  readonly mounts: readonly Mount[];
  readonly more: number;
}

const propagations = ["private", "shared", "slave", "shared,slave", "unbindable"] as const;

export function readMounts(fields: Fields): MountList {
  const number = (name: string) => fields.number(name);
  return {
    base: fields.optional("base", number),
    without: fields.optional("without", (name) => fields.numbers(name)) ?? [],
    mounts: fields.optional("mounts", (name) => fields.objects(name, readMount)) ?? [],
    more: fields.optional("more", number) ?? 0,
  };
}

function readMount(fields: Fields): Mount {
  const number = (name: string) => fields.number(name);
  const texts = (name: string) => fields.optional(name, () => fields.texts(name)) ?? [];
  return {
    id: fields.number("id"),
    parent: fields.number("parent"),
    device: fields.text("device"),
    point: fields.text("point"),
    root: fields.text("root"),
    type: fields.text("type"),
    source: fields.text("source"),
    options: texts("options"),
    superOptions: texts("superOptions"),
    propagation: fields.oneOf("propagation", propagations),
    peerGroup: fields.optional("peerGroup", number),
    master: fields.optional("master", number),
  };
}
