// SPDX-License-Identifier: GPL-2.0-or-later
// System V message queues as a JavaScript class.
#ifndef MHVTL_ADDON_MESSAGE_QUEUE_H
#define MHVTL_ADDON_MESSAGE_QUEUE_H

#include <napi.h>

Napi::Function DefineMessageQueue(Napi::Env env);

#endif
