// SPDX-License-Identifier: GPL-2.0-or-later
// Whose rights count when this thread uses files (setfsuid(2)). Node's own seteuid() is refused wherever libuv may use
// io_uring, which works with the rights of the whole process.
#include "credentials.h"

#include <sys/fsuid.h>

#include <cerrno>

#include "error.h"

namespace {

// These calls tell the value there was and no error; what is impossible changes nothing and so tells it again.
const uid_t kNobodyAtAll = static_cast<uid_t>(-1);

}  // namespace

// setFileUser(uid, gid): void; throws EPERM, and then this thread has the rights it had
Napi::Value SetFileUserFromScript(const Napi::CallbackInfo &info) {
  const uid_t uid = info[0].ToNumber().Uint32Value();
  const gid_t gid = info[1].ToNumber().Uint32Value();
  // The group needs the superuser's rights: going away it is first, coming back last.
  const int own_group = setfsgid(gid);
  const int own_user = setfsuid(uid);
  setfsgid(gid);
  const bool done = setfsuid(kNobodyAtAll) == static_cast<int>(uid) &&
                    setfsgid(kNobodyAtAll) == static_cast<int>(gid);
  if (done) return info.Env().Undefined();
  setfsuid(own_user);
  setfsgid(own_group);
  return ThrowSystemError(info.Env(), EPERM, "setfsuid");
}
