// SPDX-License-Identifier: GPL-2.0-or-later
// Compression and checksums of blocks for JavaScript, on threads or at once.
#ifndef MHVTL_ADDON_BLOCK_WORKERS_H
#define MHVTL_ADDON_BLOCK_WORKERS_H

#include <napi.h>

Napi::Function DefineBlockWorkers(Napi::Env env);

// packBlock(block, into, kind, level, results): at once, on this thread; see src/addon/addon.ts
void PackBlockFromScript(const Napi::CallbackInfo &info);
// unpackBlock(stored, into, kind, results)
void UnpackBlockFromScript(const Napi::CallbackInfo &info);
// crc32c(bytes, seed): number
Napi::Value Crc32cFromScript(const Napi::CallbackInfo &info);

#endif
