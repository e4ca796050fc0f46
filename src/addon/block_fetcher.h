// SPDX-License-Identifier: GPL-2.0-or-later
// Reading blocks ahead, as a JavaScript class.
#ifndef MHVTL_ADDON_BLOCK_FETCHER_H
#define MHVTL_ADDON_BLOCK_FETCHER_H

#include <napi.h>

Napi::Function DefineBlockFetcher(Napi::Env env);

#endif
