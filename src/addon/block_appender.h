// SPDX-License-Identifier: GPL-2.0-or-later
// Appending blocks to the files of a partition, as a JavaScript class.
#ifndef MHVTL_ADDON_BLOCK_APPENDER_H
#define MHVTL_ADDON_BLOCK_APPENDER_H

#include <napi.h>

Napi::Function DefineBlockAppender(Napi::Env env);

#endif
