// SPDX-License-Identifier: GPL-2.0-or-later
// What libraries and drives have in common on the system bus: org.mhvtl.Unit1.
import { type Bound, BusError, bind } from '../dbus/exports.js';
import { interfaceNamed } from '../dbus/interfaces.js';
import type { UnitKind } from '../ipc/words.js';
import type { Administration } from './administration.js';
import { administered } from './bus-errors.js';
import { latencyLimits } from './latency.js';
import type { UnitParts } from './unit-administration.js';

const MILLISECONDS = 1000;

/** The interface with what is behind it. */
export function bindUnit<K extends UnitKind>(
  parts: Pick<UnitParts, 'verbosity' | 'faults' | 'trace' | 'latency' | 'counters'>,
  administration: Administration<K>,
): Bound {
  const { verbosity, faults, trace, latency } = parts;
  const { obey, ask, command, query } = administered(administration);
  return bind(interfaceNamed('org.mhvtl.Unit1'), {
    properties: { LogLevel: () => verbosity.level, Faults: () => faults.size },
    methods: {
      SetLogLevel: (level: number) => obey('log', String(level)),
      Command: command,
      Query: query,
      async AddFault(kind: string, parameters: Readonly<Record<string, string>>) {
        const pairs = Object.entries(parameters).map(([key, value]) => `${key}=${value}`);
        return Number.parseInt((await ask('faults add', kind, ...pairs)).split(' ')[1]!, 10);
      },
      RemoveFault: (number: number) => obey('faults remove', String(number)),
      RemoveAllFaults: () => obey('faults remove', 'all'),
      ListFaults: () =>
        faults.all.map(({ number, kind, parameters, struck, left }) => [
          number,
          kind,
          parameters,
          BigInt(struck),
          left === 0,
        ]),
      Trace(from: bigint) {
        if (from > BigInt(Number.MAX_SAFE_INTEGER))
          throw new BusError('org.mhvtl.Error.InvalidArgument', 'there is no such command');
        return trace.from(Number(from));
      },
      Counters: () =>
        Object.fromEntries(
          Object.entries(parts.counters()).map(([name, value]) => [name, BigInt(value)]),
        ),
      CommandTimes: () => [
        latencyLimits.map((limit) => limit / MILLISECONDS),
        latency.classes.map(BigInt),
        latency.total / MILLISECONDS,
      ],
      InquiryDataChange: () => obey('InquiryDataChange'),
      Exit: () => obey('exit'),
    },
  });
}
