// SPDX-License-Identifier: GPL-2.0-or-later
// The refusal of a page the unit does not have: LOG SENSE, LOG SELECT and MODE SENSE name pages in the same bytes.
import { invalidFieldInCdb, type Refusal } from '../sam/reply.js';

/** @param codeIsKnown there are pages of that PAGE CODE: it is the SUBPAGE CODE that is wrong */
export const noSuchPage = (codeIsKnown: boolean): Refusal =>
  codeIsKnown ? invalidFieldInCdb(3) : invalidFieldInCdb(2, 5);
