// SPDX-License-Identifier: GPL-2.0-or-later
// `vtlcmd metrics`: what is counted, in the text format of Prometheus, for the textfile collector of node_exporter.
import type { Command } from 'commander';
import { replaceFile } from '../../config/replace-file.js';
import { type Daemons, told } from './daemons.js';
import { Failure } from './failure.js';
import { statesOf, type UnitState } from './state.js';
import { readUnits } from './units.js';

const MILLISECONDS = 1000;

interface Counted {
  readonly counters: Readonly<Record<string, number>>;
  /** Milliseconds. */
  readonly latency: {
    /** Upper limits of the classes; the last class has none. */
    readonly limits: readonly number[];
    readonly classes: readonly number[];
    readonly total: number;
  };
}

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number, suffix?: string];

interface Metric {
  readonly name: string;
  readonly type: 'gauge' | 'counter' | 'histogram';
  readonly help: string;
  readonly samples: readonly Sample[];
}

const escaped = (text: string): string => text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n');

function format({ name, type, help, samples }: Metric): string {
  const lines = samples.map(([labels, value, suffix = '']) => {
    const inside = Object.entries(labels).map(([key, text]) => `${key}="${escaped(text)}"`);
    return `${name}${suffix}{${inside.join(',')}} ${value}`;
  });
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join('\n');
}

/** `bytesFromHost` -> `bytes_from_host` */
const snake = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const labelsOf = ({ unit, kind }: UnitState): Record<string, string> => ({
  device: String(unit),
  kind,
});

/** One metric for each counter that a unit has. */
function counterMetrics(counted: ReadonlyMap<UnitState, Counted>): Metric[] {
  const names = new Set([...counted.values()].flatMap(({ counters }) => Object.keys(counters)));
  return [...names].map((name) => ({
    name: `mhvtl_${snake(name)}_total`,
    type: 'counter',
    help: `${snake(name).replaceAll('_', ' ')}, since the unit was made`,
    samples: [...counted].flatMap(([state, { counters }]): Sample[] =>
      counters[name] === undefined ? [] : [[labelsOf(state), counters[name]]],
    ),
  }));
}

function latencyMetric(counted: ReadonlyMap<UnitState, Counted>): Metric {
  const samples = [...counted].flatMap(([state, { latency }]): Sample[] => {
    const labels = labelsOf(state);
    let sum = 0;
    const limits = latency.limits.map((limit) => String(limit / MILLISECONDS));
    const buckets = [...limits, '+Inf'].map((le, i): Sample => {
      sum += latency.classes[i] ?? 0;
      return [{ ...labels, le }, sum, '_bucket'];
    });
    return [...buckets, [labels, latency.total / MILLISECONDS, '_sum'], [labels, sum, '_count']];
  });
  return {
    name: 'mhvtl_command_seconds',
    type: 'histogram',
    help: 'time from the arrival of a SCSI command to its answer',
    samples,
  };
}

function gauges(states: readonly UnitState[]): Metric[] {
  const alive = states.filter(({ state }) => state !== 'no daemon');
  const loaded = alive.filter(({ barcode }) => barcode !== undefined);
  const gauge = (name: string, help: string, samples: readonly Sample[]): Metric => ({
    name,
    type: 'gauge',
    help,
    samples,
  });
  const numbers = (key: 'capacity' | 'used' | 'cartridges' | 'faults') =>
    alive.flatMap((state): Sample[] =>
      state[key] === undefined ? [] : [[labelsOf(state), state[key]]],
    );
  return [
    gauge(
      'mhvtl_up',
      'whether the daemon answers',
      states.map((state): Sample => [labelsOf(state), state.state === 'no daemon' ? 0 : 1]),
    ),
    gauge(
      'mhvtl_cartridge_info',
      'the cartridge in a drive',
      loaded.map(
        (state): Sample => [
          { ...labelsOf(state), barcode: state.barcode ?? '', density: state.density ?? '' },
          1,
        ],
      ),
    ),
    gauge('mhvtl_partition_capacity_bytes', 'what the partition holds', numbers('capacity')),
    gauge('mhvtl_partition_used_bytes', 'what of it is used', numbers('used')),
    gauge('mhvtl_cartridges', 'cartridges in a library', numbers('cartridges')),
    gauge('mhvtl_faults', 'faults that have been made', numbers('faults')),
    gauge(
      'mhvtl_tape_alert',
      'TapeAlert flags that are set',
      alive.flatMap((state) => {
        const flags = BigInt(`0x${state.alerts ?? '0'}`);
        return Array.from({ length: 64 }, (_, i) => i + 1)
          .filter((flag) => (flags >> BigInt(flag - 1)) & 1n)
          .map((flag): Sample => [{ ...labelsOf(state), flag: String(flag) }, 1]);
      }),
    ),
  ];
}

/** What the bytes of the host are to those on the medium, over the drive's life. */
function ratioMetric(counted: ReadonlyMap<UnitState, Counted>): Metric {
  return {
    name: 'mhvtl_compression_ratio',
    type: 'gauge',
    help: 'bytes written by the host for each byte on the medium',
    samples: [...counted].flatMap(([state, { counters }]): Sample[] => {
      const { bytesFromHost = 0, bytesToMedium = 0 } = counters;
      return bytesToMedium > 0 ? [[labelsOf(state), bytesFromHost / bytesToMedium]] : [];
    }),
  };
}

/** The text; units that do not answer are told by mhvtl_up alone. */
export function metricsText(
  states: readonly UnitState[],
  counted: ReadonlyMap<UnitState, Counted>,
): string {
  const metrics = [
    ...gauges(states),
    ratioMetric(counted),
    ...counterMetrics(counted),
    latencyMetric(counted),
  ];
  return `${metrics
    .filter(({ samples }) => samples.length > 0)
    .map(format)
    .join('\n')}\n`;
}

async function countedBy(
  states: readonly UnitState[],
  daemons: Daemons,
): Promise<Map<UnitState, Counted>> {
  const counted = new Map<UnitState, Counted>();
  for (const state of states) {
    if (state.state === 'no daemon') continue;
    try {
      counted.set(state, await told<Counted>(daemons, state.unit, 'counters'));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
  }
  return counted;
}

export function addMetrics(
  program: Command,
  daemons: Daemons,
  print: (text: string) => void,
): void {
  program
    .command('metrics')
    .description('print what is counted in the text format of Prometheus')
    .option('--output <file>', 'replace this file, for the textfile collector of node_exporter')
    .action(async ({ output }: { output?: string }) => {
      const states = await statesOf(readUnits(), daemons);
      const text = metricsText(states, await countedBy(states, daemons));
      if (output === undefined) return print(text.trimEnd());
      replaceFile(output, text, 0o644);
    });
}
