import type { Fields } from "./json";

/** One line of a mount namespace's mountinfo (proc_pid_mountinfo(5)). */
export interface Mount {
  readonly id: number;
  readonly parent: number;
  /** Major and minor number of the file system's device, such as "0:52". All mounts of this file system have it, and no others. */
  readonly device: string;
  readonly point: string;
  /** Which part of the file system is mounted: "/", or the path of a folder or file in it. */
  readonly root: string;
  readonly type: string;
  readonly source: string;
  readonly options: readonly string[];
  /** The options of the file system, which all mounts of it share. */
  readonly superOptions: readonly string[];
  readonly propagation: "private" | "shared" | "slave" | "shared,slave" | "unbindable";
  readonly peerGroup: number | null;
  /** The peer group from which a slave receives. */
  readonly master: number | null;
}

/**
 * The mounts of a namespace. If there is a `base`, the inode of another mount namespace, they are all mounts of that one except those
 * with the ids in `without`, and `mounts` in addition; those that are taken over have the ids and parents that they have in the base.
 * `more` says how many were left out.
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
