// SPDX-License-Identifier: GPL-2.0-or-later
// How a daemon answers a process that asks from an address of its own: whether it was done, then the text.

/** What a daemon answers. */
export type Answer =
  | { readonly kind: 'done' | 'refused'; readonly text: string }
  /** Not yet; sent again and again until the answer comes, so that the asker knows the daemon lives. */
  | { readonly kind: 'working' };

/** How often a daemon says that it still works, in milliseconds. */
export const workingEvery = 1000;

export const formatAnswer = (answer: Answer): string =>
  answer.kind === 'working' ? answer.kind : `${answer.kind} ${answer.text}`;

/** Reads an answer; undefined when the text is none. */
export function parseAnswer(text: string): Answer | undefined {
  if (text === 'working') return { kind: 'working' };
  const match = /^(done|refused) (.*)$/.exec(text);
  return match ? { kind: match[1] as 'done' | 'refused', text: match[2]! } : undefined;
}
