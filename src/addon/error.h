// SPDX-License-Identifier: GPL-2.0-or-later
// Turning a failed system call into a JavaScript exception.
#ifndef MHVTL_ADDON_ERROR_H
#define MHVTL_ADDON_ERROR_H

#include <napi.h>

#include <cstring>
#include <string>

// "EBUSY" of 16.
inline std::string ErrorName(int error) {
  const char *name = strerrorname_np(error);
  return name ? name : std::to_string(error);
}

// An Error that reads "what: reason" and has `code` ('EBUSY') and `errno`, as Node's own errors have.
inline Napi::Error SystemError(Napi::Env env, int error, const std::string &what) {
  Napi::Error exception = Napi::Error::New(env, what + ": " + strerror(error));
  exception.Set("code", ErrorName(error));
  exception.Set("errno", Napi::Number::New(env, error));
  return exception;
}

inline Napi::Value ThrowSystemError(Napi::Env env, int error, const std::string &what) {
  SystemError(env, error, what).ThrowAsJavaScriptException();
  return env.Undefined();
}

// An exception that a callback from the event loop left pending becomes an uncaught exception.
inline void RaiseUncaught(Napi::Env env) {
  if (env.IsExceptionPending())
    napi_fatal_exception(env, env.GetAndClearPendingException().Value());
}

#endif
