// SPDX-License-Identifier: GPL-2.0-or-later
// Locks of whole files that belong to an open descriptor and end with it (fcntl_locking(2), F_OFD_SETLK).
#include "file_lock.h"

#include <fcntl.h>

#include <cerrno>

#include "error.h"

namespace {

// The whole file, whatever its length; l_pid must be 0 for this kind of lock.
struct flock WholeFile() {
  struct flock range = {};
  range.l_type = F_WRLCK;
  range.l_whence = SEEK_SET;
  return range;
}

}  // namespace

// lockFile(fd): boolean; the descriptor must be open for writing
Napi::Value LockFileFromScript(const Napi::CallbackInfo &info) {
  struct flock range = WholeFile();
  if (fcntl(info[0].ToNumber().Int32Value(), F_OFD_SETLK, &range) == 0)
    return Napi::Boolean::New(info.Env(), true);
  if (errno == EAGAIN || errno == EACCES) return Napi::Boolean::New(info.Env(), false);
  return ThrowSystemError(info.Env(), errno, "lock");
}

// isFileLocked(fd): boolean; whether lockFile of another descriptor would be refused
Napi::Value IsFileLockedFromScript(const Napi::CallbackInfo &info) {
  struct flock range = WholeFile();
  if (fcntl(info[0].ToNumber().Int32Value(), F_OFD_GETLK, &range) < 0)
    return ThrowSystemError(info.Env(), errno, "lock");
  return Napi::Boolean::New(info.Env(), range.l_type != F_UNLCK);
}
