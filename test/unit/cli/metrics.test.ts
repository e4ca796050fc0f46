// SPDX-License-Identifier: GPL-2.0-or-later
// The text for Prometheus: its format (prometheus.io, Exposition formats), buckets that add up.
import { readFileSync } from 'node:fs';
import t from 'tap';
import { metricsText } from '../../../src/cli/vtlcmd/metrics.js';
import type { UnitState } from '../../../src/cli/vtlcmd/state.js';
import { latencyLimits } from '../../../src/daemon/latency.js';
import { counterNames } from '../../../src/ssc/statistics.js';

const drive: UnitState = {
  unit: 11,
  kind: 'drive',
  vendor: 'IBM',
  product: 'ULT3580-TD8',
  serial: 'XYZZY_A1',
  state: 'loaded',
  barcode: 'E01001L8',
  density: 'LTO8',
  alerts: '80000',
};

t.test('the text', async (t) => {
  const dead: UnitState = { ...drive, unit: 12, state: 'no daemon' };
  const classes = [5, 0, 3, 0, 0, 0, 0, 0, 0, 0, 1];
  t.equal(classes.length, latencyLimits.length + 1);
  const counted = new Map([
    [
      drive,
      {
        counters: { bytesFromHost: 1000, bytesToMedium: 400, mounts: 2 },
        latency: { limits: latencyLimits, classes, total: 1500 },
      },
    ],
  ]);
  const text = metricsText([drive, dead], counted);
  for (const line of text.trimEnd().split('\n'))
    t.match(
      line,
      /^(# (HELP|TYPE) mhvtl_[a-z_]+ .+|mhvtl_[a-z_]+\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\} [0-9.e+-]+)$/,
    );
  for (const line of [
    'mhvtl_up{device="11",kind="drive"} 1',
    'mhvtl_up{device="12",kind="drive"} 0',
    'mhvtl_cartridge_info{device="11",kind="drive",barcode="E01001L8",density="LTO8"} 1',
    'mhvtl_tape_alert{device="11",kind="drive",flag="20"} 1',
    '# TYPE mhvtl_bytes_from_host_total counter',
    'mhvtl_bytes_from_host_total{device="11",kind="drive"} 1000',
    'mhvtl_compression_ratio{device="11",kind="drive"} 2.5',
    'mhvtl_command_seconds_bucket{device="11",kind="drive",le="0.0001"} 5',
    'mhvtl_command_seconds_bucket{device="11",kind="drive",le="0.001"} 8',
    'mhvtl_command_seconds_bucket{device="11",kind="drive",le="+Inf"} 9',
    'mhvtl_command_seconds_sum{device="11",kind="drive"} 1.5',
    'mhvtl_command_seconds_count{device="11",kind="drive"} 9',
  ])
    t.ok(text.split('\n').includes(line), line);
});

t.test('the dashboard asks for metrics there are', async (t) => {
  const file = new URL('../../../docs/grafana-dashboard.json', import.meta.url);
  const dashboard = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly panels: readonly { readonly targets: readonly { readonly expr: string }[] }[];
  };
  const counters = Object.fromEntries([...counterNames, 'moves'].map((name) => [name, 1]));
  const full: UnitState = { ...drive, capacity: 2, used: 1, cartridges: 1, faults: 0 };
  const classes = latencyLimits.map(() => 0);
  const text = metricsText(
    [full],
    new Map([[full, { counters, latency: { limits: latencyLimits, classes, total: 1 } }]]),
  );
  const known = new Set(text.match(/^mhvtl_\w+/gm));
  const asked = dashboard.panels.flatMap(({ targets }) =>
    targets.flatMap(({ expr }) => expr.match(/mhvtl_\w+/g) ?? []),
  );
  t.ok(asked.length > 10);
  for (const name of asked) t.ok(known.has(name), name);
});
