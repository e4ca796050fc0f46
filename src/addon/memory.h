// SPDX-License-Identifier: GPL-2.0-or-later
// Page-aligned memory that JavaScript and the kernel share.
#ifndef MHVTL_ADDON_MEMORY_H
#define MHVTL_ADDON_MEMORY_H

#include <napi.h>

// An ArrayBuffer over fresh, zeroed pages; they exist only once touched, and are unmapped when the
// ArrayBuffer is collected, never earlier. `large`: many at a time, for what is used from one end to
// the other. An empty value, and an exception, when there is none.
Napi::ArrayBuffer MapPages(Napi::Env env, size_t bytes, bool large);

// mapPages(bytes, large): ArrayBuffer
Napi::Value MapPagesFromScript(const Napi::CallbackInfo &info);

// releasePages(buffer, from): gives the pages from that offset on back to the system; they read as
// zeros afterwards. For buffers of mapPages only.
void ReleasePagesFromScript(const Napi::CallbackInfo &info);

// trimMalloc(): gives memory that the C library holds for later allocations back to the system.
void TrimMallocFromScript(const Napi::CallbackInfo &info);

#endif
