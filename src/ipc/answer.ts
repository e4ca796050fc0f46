// SPDX-License-Identifier: GPL-2.0-or-later
// How a daemon answers a process that asks from an address of its own: whether it was done, then the text.

/** What a daemon answers. */
export type Answer =
  | { readonly kind: 'done' | 'refused'; readonly text: string }
  /** Not yet; sent again and again until the answer comes, so that the asker knows the daemon lives. */
  | { readonly kind: 'working' };

/** An answer that ends the question. */
export type FinalAnswer = Exclude<Answer, { readonly kind: 'working' }>;

/** How often a daemon says that it still works, in milliseconds. */
export const workingEvery = 1000;

/** Messages hold one line: the ends of lines travel as a letter behind a backslash. */
const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
const unescaped = (text: string): string =>
  text.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter));

export const formatAnswer = (answer: Answer): string =>
  answer.kind === 'working' ? answer.kind : `${answer.kind} ${escaped(answer.text)}`;

/** Reads an answer; undefined when the text is none. */
export function parseAnswer(text: string): Answer | undefined {
  if (text === 'working') return { kind: 'working' };
  const match = /^(done|refused) (.*)$/.exec(text);
  return match ? { kind: match[1] as 'done' | 'refused', text: unescaped(match[2]!) } : undefined;
}
