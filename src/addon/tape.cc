// SPDX-License-Identifier: GPL-2.0-or-later
// What an initiator asks of a tape device: the requests of st(4).
#include "tape.h"

#include <sys/ioctl.h>
#include <sys/mtio.h>

#include <cerrno>

#include "error.h"

Napi::Value TapeOperationFromScript(const Napi::CallbackInfo &info) {
  Napi::Env env = info.Env();
  mtop operation = {};
  operation.mt_op = static_cast<short>(info[1].ToNumber().Int32Value());
  operation.mt_count = info[2].ToNumber().Int32Value();
  if (ioctl(info[0].ToNumber().Int32Value(), MTIOCTOP, &operation) < 0)
    return ThrowSystemError(env, errno, "tape operation " + std::to_string(operation.mt_op));
  return env.Undefined();
}

Napi::Value TapeStatusFromScript(const Napi::CallbackInfo &info) {
  Napi::Env env = info.Env();
  const int fd = info[0].ToNumber().Int32Value();
  mtget status = {};
  if (ioctl(fd, MTIOCGET, &status) < 0) return ThrowSystemError(env, errno, "tape status");
  mtpos position = {};
  const bool known = ioctl(fd, MTIOCPOS, &position) == 0;
  Napi::Object result = Napi::Object::New(env);
  result.Set("generalStatus", Napi::Number::New(env, static_cast<uint32_t>(status.mt_gstat)));
  result.Set("fileNumber", Napi::Number::New(env, status.mt_fileno));
  result.Set("blockNumber", Napi::Number::New(env, status.mt_blkno));
  result.Set("position", Napi::Number::New(env, known ? position.mt_blkno : -1));
  return result;
}
