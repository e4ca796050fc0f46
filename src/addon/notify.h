// SPDX-License-Identifier: GPL-2.0-or-later
// Datagrams to the service manager.
#ifndef MHVTL_ADDON_NOTIFY_H
#define MHVTL_ADDON_NOTIFY_H

#include <napi.h>

// notify(socket, state): sends `state` to the datagram socket at a path, or at an abstract name that
// begins with '@'. Never waits: throws EAGAIN when the receiver is behind.
Napi::Value NotifyFromScript(const Napi::CallbackInfo &info);

#endif
