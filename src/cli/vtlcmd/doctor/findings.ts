// SPDX-License-Identifier: GPL-2.0-or-later
// What an examination finds, and the machine it looks at.

/** One thing that was looked at. */
export interface Finding {
  readonly what: string;
  /** `warning`: it works, but not everything does. */
  readonly state: 'ok' | 'warning' | 'error';
  readonly found: string;
  /** The command that mends it. */
  readonly remedy?: string;
}

export const ok = (what: string, found: string): Finding => ({ what, state: 'ok', found });
export const warning = (what: string, found: string, remedy: string): Finding => ({
  what,
  state: 'warning',
  found,
  remedy,
});
export const error = (what: string, found: string, remedy: string): Finding => ({
  what,
  state: 'error',
  found,
  remedy,
});

/** What the examinations need of a machine; tests have one of their own. */
export interface Machine {
  exists(path: string): boolean;
  /** Content of a file, undefined when it cannot be read. */
  read(path: string): Uint8Array | undefined;
  /** Names in a directory, none if there is no such directory. */
  list(path: string): readonly string[];
  /** What a symbolic link points to. */
  link(path: string): string | undefined;
  /** Output of a program; undefined when it is not there or fails. */
  run(program: string, ...words: readonly string[]): string | undefined;
  /** Bytes free for everybody on the file system of a path. */
  free(path: string): number | undefined;
  writable(path: string): boolean;
  /** Who has the cartridge in a directory open; undefined when nobody has. */
  cartridgeUser(directory: string): string | undefined;
  /** Release of the running kernel. */
  readonly kernel: string;
}

export const textOf = (machine: Machine, path: string): string | undefined => {
  const bytes = machine.read(path);
  return bytes && Buffer.from(bytes).toString('utf8');
};
