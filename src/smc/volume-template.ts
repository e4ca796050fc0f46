// SPDX-License-Identifier: GPL-2.0-or-later
// Volume identification templates (SCSI-2 17.2.7.1): `*` stands for any characters, `?` for one.

/**
 * Whether a volume tag fits a template. Takes no more steps than the product of both lengths: the template comes from
 * an initiator, and a regular expression made of it could run for years.
 */
export function fitsTemplate(template: string, tag: string): boolean {
  let [at, inTag] = [0, 0];
  /* Behind the last `*`, and where what stands there begins in the tag. */
  let [retry, retryInTag] = [-1, 0];
  while (inTag < tag.length) {
    if (template[at] === '*') [retry, retryInTag] = [++at, inTag];
    else if (at < template.length && (template[at] === '?' || template[at] === tag[inTag]))
      [at, inTag] = [at + 1, inTag + 1];
    else if (retry >= 0) [at, inTag] = [retry, ++retryInTag];
    else return false;
  }
  return /^\**$/.test(template.slice(at));
}
