// SPDX-License-Identifier: GPL-2.0-or-later
// A unit behind the kernel port, and an initiator that sends through the kernel's SG_IO.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { KernelPort, type KernelPortOptions } from '../../src/port/kernel-port.js';
import type { Attachment } from '../../src/port/port.js';
import type { Completion, Task, TaskManagement } from '../../src/sam/task.js';
import { type Bench, type Outcome, opcode, type TestCommand } from './contract.js';

/** Host bytes of commands that were taken back: DID_TIME_OUT, DID_ABORT, DID_RESET (scsi_status.h). */
const takenBack = [0x03, 0x05, 0x08];

const nothing = new Uint8Array(0);
const good: Completion = { status: 0, sense: nothing, dataIn: nothing, dataOutUsed: 0 };

/** Standard INQUIRY data of a processor device, which no upper driver but sg binds to. */
const inquiryData = Buffer.concat([
  Buffer.from([3, 0, 6, 2, 31, 0, 0, 2]),
  Buffer.from('MHVTL   PORT CONTRACT   0001'),
]);

/** What the kernel asks of any device while it scans. */
function answerScan(task: Task): Completion {
  if (task.cdb[0] !== 0x12 || task.cdb[1] === 1) return good;
  return { ...good, dataIn: inquiryData.subarray(0, Math.min(task.dataInRoom, task.cdb[4]!)) };
}

export interface KernelBench extends Bench {
  readonly port: KernelPort;
  readonly attachment: Attachment;
  /** The sg device of the unit at the first initiator port. */
  readonly device: string;
  /** Why the unit was lost, should it be. */
  readonly lost: Promise<Error>;
}

/** Runs test/port/sgio.c; `SGIO` in the environment says where it is. */
export function sgio(words: readonly string[], input: Uint8Array = nothing): Promise<Buffer> {
  const child = spawn(process.env['SGIO'] ?? 'sgio', words, { stdio: ['pipe', 'pipe', 'inherit'] });
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  child.stdin.on('error', () => {}); // its exit status tells more
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(Buffer.concat(parts)) : reject(new Error(`sgio ${words}: ${code}`)),
    );
  });
}

async function send(device: string, command: TestCommand): Promise<Outcome> {
  const { cdb, dataOut, dataInRoom = 0, timeoutMs = 20_000 } = command;
  const direction = dataOut ? 'out' : dataInRoom > 0 ? 'in' : 'none';
  const length = dataOut?.length ?? dataInRoom;
  const hex = Buffer.from(cdb).toString('hex');
  const output = await sgio([device, 'io', `${timeoutMs}`, direction, `${length}`, hex], dataOut);
  const lineEnd = output.indexOf(0x0a);
  const numbers = output.toString('latin1', 0, lineEnd).split(' ').map(Number);
  const [status = 0, host = 0, residual = 0, senseLength = 0] = numbers;
  if (takenBack.includes(host)) return { end: 'taken back' };
  if (host !== 0) throw new Error(`host byte ${host}`);
  const sense = output.subarray(lineEnd + 1, lineEnd + 1 + senseLength);
  const dataIn = output.subarray(lineEnd + 1 + senseLength, output.length - residual);
  return { end: 'completed', status, sense, dataIn, residual };
}

/** Attaches a unit whose vendor commands go to `unit.run`. */
export async function kernelBench(options: Partial<KernelPortOptions> = {}): Promise<KernelBench> {
  const managed: TaskManagement[] = [];
  const complaints: string[] = [];
  const unit: Bench['unit'] = { managed, run: () => good };
  const port = new KernelPort({
    unit: 7,
    channel: 1,
    target: 2,
    lun: 3,
    queueDepth: 8,
    graceMs: 5000,
    log: (message) => complaints.push(message),
    ...options,
  });
  let onLost: (reason: Error) => void = () => {};
  const lost = new Promise<Error>((resolve) => {
    onLost = resolve;
  });
  const router = {
    run: (task: Task) => (task.cdb[0] === opcode ? unit.run(task) : answerScan(task)),
    manage(request: TaskManagement) {
      managed.push(request);
      return 'FUNCTION COMPLETE' as const;
    },
  };
  const attachment = await port.start(router, onLost);
  const { host, channel, target, lun } = attachment.paths[0]!;
  const sysfs = `/sys/class/scsi_device/${host}:${channel}:${target}:${lun}/device/scsi_generic`;
  const device = `/dev/${readdirSync(sysfs)[0]}`;
  return {
    ...{ unit, complaints, port, attachment, device, lost },
    send: (command) => send(device, command),
    reset: async (scope) => void (await sgio([device, 'reset', scope])),
  };
}
