// SPDX-License-Identifier: GPL-2.0-or-later
// The threads for JavaScript, and compression and checksums of blocks at once.
#ifndef MHVTL_ADDON_BLOCK_WORKERS_H
#define MHVTL_ADDON_BLOCK_WORKERS_H

#include <napi.h>

#include <memory>

#include "worker_pool.h"

Napi::Function DefineBlockWorkers(Napi::Env env);
// The pool behind an object of that class.
std::shared_ptr<WorkerPool> PoolOf(const Napi::Value &workers);
CodecKind KindOf(const Napi::Value &value);

// packBlock(block, into, kind, level, results): at once, on this thread; see src/addon/addon.ts
void PackBlockFromScript(const Napi::CallbackInfo &info);
// unpackBlock(stored, into, kind, results)
void UnpackBlockFromScript(const Napi::CallbackInfo &info);
// crc32c(bytes, seed): number
Napi::Value Crc32cFromScript(const Napi::CallbackInfo &info);

#endif
