// SPDX-License-Identifier: GPL-2.0-or-later
// Locks of whole files that belong to an open descriptor and end with it.
#ifndef MHVTL_ADDON_FILE_LOCK_H
#define MHVTL_ADDON_FILE_LOCK_H

#include <napi.h>

Napi::Value LockFileFromScript(const Napi::CallbackInfo &info);
Napi::Value IsFileLockedFromScript(const Napi::CallbackInfo &info);

#endif
