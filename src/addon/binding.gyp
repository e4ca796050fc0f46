# SPDX-License-Identifier: GPL-2.0-or-later
# How node-gyp builds mhvtl.node. Paths lead through the project's root: test/tools/build.mjs
# runs this file through a link in build/addon/, so that nothing is written beside the sources.
{
  'variables': {
    # Of the two, zlib is always there; ISA-L is five times as fast where it exists.
    'isal%': '<!(pkg-config --exists libisal && echo 1 || echo 0)',
  },
  'targets': [
    {
      'target_name': 'mhvtl',
      'sources': [
        '../../src/addon/append_queue.cc',
        '../../src/addon/block_appender.cc',
        '../../src/addon/block_fetch.cc',
        '../../src/addon/block_fetcher.cc',
        '../../src/addon/block_ring.cc',
        '../../src/addon/block_workers.cc',
        '../../src/addon/buffer_pool.cc',
        '../../src/addon/codec.cc',
        '../../src/addon/crc32c.cc',
        '../../src/addon/device.cc',
        '../../src/addon/credentials.cc',
        '../../src/addon/file_lock.cc',
        '../../src/addon/memory.cc',
        '../../src/addon/message_queue.cc',
        '../../src/addon/module.cc',
        '../../src/addon/notify.cc',
        '../../src/addon/object_files.cc',
        '../../src/addon/queued_object.cc',
        '../../src/addon/tape.cc',
        '../../src/addon/worker_pool.cc',
      ],
      'include_dirs': [
        '../../kernel',
        '<!(node -p "require(\'node-addon-api\').include_dir")',
      ],
      'defines': ['NAPI_VERSION=8', 'NAPI_DISABLE_CPP_EXCEPTIONS'],
      'cflags': ['-Wall', '-Wextra', '-Werror'],
      'cflags_cc': ['-std=c++17'],
      'libraries': ['-llzo2', '-lz', '-llz4', '-lzstd'],
      'conditions': [
        ['isal==1', { 'defines': ['MHVTL_ISAL'], 'libraries': ['-lisal'] }],
      ],
    },
  ],
}
