// SPDX-License-Identifier: GPL-2.0-or-later
// Whose rights count when this thread uses files.
#ifndef MHVTL_ADDON_CREDENTIALS_H
#define MHVTL_ADDON_CREDENTIALS_H

#include <napi.h>

Napi::Value SetFileUserFromScript(const Napi::CallbackInfo &info);

#endif
