// SPDX-License-Identifier: GPL-2.0-or-later
// mhvtl.node: what Node itself cannot do. It moves bytes and knows nothing of SCSI.
#include <napi.h>

#include "device.h"
#include "memory.h"
#include "message_queue.h"

static Napi::Object Initialise(Napi::Env env, Napi::Object exports) {
  exports.Set("Device", DefineDevice(env));
  exports.Set("MessageQueue", DefineMessageQueue(env));
  exports.Set("mapPages", Napi::Function::New(env, MapPagesFromScript, "mapPages"));
  exports.Set("releasePages", Napi::Function::New(env, ReleasePagesFromScript, "releasePages"));
  return exports;
}

NODE_API_MODULE(mhvtl, Initialise)
