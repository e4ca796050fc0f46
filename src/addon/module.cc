// SPDX-License-Identifier: GPL-2.0-or-later
// mhvtl.node: what Node itself cannot do. It moves bytes and knows nothing of SCSI.
#include <napi.h>

#include "block_appender.h"
#include "block_fetcher.h"
#include "block_workers.h"
#include "credentials.h"
#include "device.h"
#include "error.h"
#include "file_lock.h"
#include "memory.h"
#include "message_queue.h"
#include "notify.h"
#include "tape.h"

// errorName(errno): string; Node's own util.getSystemErrorName lacks some of Linux
static Napi::Value ErrorNameFromScript(const Napi::CallbackInfo &info) {
  return Napi::String::New(info.Env(), ErrorName(info[0].ToNumber().Int32Value()));
}

static Napi::Object Initialise(Napi::Env env, Napi::Object exports) {
  exports.Set("BlockWorkers", DefineBlockWorkers(env));
  exports.Set("BlockAppender", DefineBlockAppender(env));
  exports.Set("BlockFetcher", DefineBlockFetcher(env));
  exports.Set("packBlock", Napi::Function::New(env, PackBlockFromScript, "packBlock"));
  exports.Set("unpackBlock", Napi::Function::New(env, UnpackBlockFromScript, "unpackBlock"));
  exports.Set("crc32c", Napi::Function::New(env, Crc32cFromScript, "crc32c"));
  exports.Set("Device", DefineDevice(env));
  exports.Set("MessageQueue", DefineMessageQueue(env));
  exports.Set("setFileUser", Napi::Function::New(env, SetFileUserFromScript, "setFileUser"));
  exports.Set("lockFile", Napi::Function::New(env, LockFileFromScript, "lockFile"));
  exports.Set("isFileLocked", Napi::Function::New(env, IsFileLockedFromScript, "isFileLocked"));
  exports.Set("mapPages", Napi::Function::New(env, MapPagesFromScript, "mapPages"));
  exports.Set("releasePages", Napi::Function::New(env, ReleasePagesFromScript, "releasePages"));
  exports.Set("trimMalloc", Napi::Function::New(env, TrimMallocFromScript, "trimMalloc"));
  exports.Set("notify", Napi::Function::New(env, NotifyFromScript, "notify"));
  exports.Set("tapeOperation",
              Napi::Function::New(env, TapeOperationFromScript, "tapeOperation"));
  exports.Set("tapeStatus", Napi::Function::New(env, TapeStatusFromScript, "tapeStatus"));
  exports.Set("errorName", Napi::Function::New(env, ErrorNameFromScript, "errorName"));
  return exports;
}

NODE_API_MODULE(mhvtl, Initialise)
