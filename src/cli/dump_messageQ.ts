// SPDX-License-Identifier: GPL-2.0-or-later
// dump_messageQ: takes the messages that wait in the queue of the daemons out of it, and prints them.
import { Command } from 'commander';
import { addon, type MessageQueue } from '../addon/addon.js';
import { decodeMessage, QUEUE_KEY, VTLCMD_ADDRESS } from '../ipc/message.js';
import { takeAll } from '../ipc/take-all.js';
import { version } from '../version.js';
import { print, runTool } from './tape/tool.js';

const TOOL = 'dump_messageQ';

/** Highest number of a unit. */
const LAST_UNIT = 255;
/** Everybody who may have left messages: the units, and vtlcmd of mhvtl 1.8. */
const ADDRESSES = [...Array.from({ length: LAST_UNIT }, (_, i) => i + 1), VTLCMD_ADDRESS];

interface Waiting {
  readonly receiver: number;
  /** undefined when it is no message of these programs. */
  readonly sender: number | undefined;
  readonly text: string;
}

/** Takes all that waits for one receiver, oldest first. */
const waitingFor = (queue: MessageQueue, receiver: number): Waiting[] =>
  takeAll(queue, receiver).map((bytes) => {
    const message = decodeMessage(bytes);
    return { receiver, sender: message?.sender, text: message?.text ?? `${bytes.length} bytes` };
  });

/** The queue; undefined when there is none. */
function openQueue(): MessageQueue | undefined {
  try {
    return new (addon().MessageQueue)(QUEUE_KEY, false);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

const column = (value: number | string): string => String(value).padStart(6);

function dump({ json }: { readonly json?: true }): void {
  const queue = openQueue();
  const waiting = queue ? ADDRESSES.flatMap((address) => waitingFor(queue, address)) : [];
  queue?.close();
  if (json) print(JSON.stringify(waiting));
  else if (waiting.length === 0) print('Message queue empty');
  else {
    print(`${column('MessNo')} ${column('RcvID')} ${column('SndID')} MessageText`);
    for (const [i, { receiver, sender, text }] of waiting.entries())
      print(`${column(i + 1)} ${column(receiver)} ${column(sender ?? '?')} ${text}`);
  }
}

const program = new Command(TOOL)
  .description(
    'Takes the messages that wait in the queue of the daemons out of it and prints them.',
  )
  .option('--json', 'print JSON')
  .version(`${TOOL}: version ${version}`, '-V, --version')
  .helpOption('-h, --help')
  .showHelpAfterError();

void runTool(TOOL, () => dump(program.parse().opts()));
