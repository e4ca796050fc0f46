// SPDX-License-Identifier: GPL-2.0-or-later
// /dev/mhvtl as a JavaScript class.
#ifndef MHVTL_ADDON_DEVICE_H
#define MHVTL_ADDON_DEVICE_H

#include <napi.h>

Napi::Function DefineDevice(Napi::Env env);

#endif
