// SPDX-License-Identifier: GPL-2.0-or-later
// What an initiator asks of a tape device: the requests of st(4).
#ifndef MHVTL_ADDON_TAPE_H
#define MHVTL_ADDON_TAPE_H

#include <napi.h>

// tapeOperation(fd, operation, count): MTIOCTOP. Throws the errno st answers.
Napi::Value TapeOperationFromScript(const Napi::CallbackInfo &info);

// tapeStatus(fd): MTIOCGET and MTIOCPOS as {generalStatus, fileNumber, blockNumber, position}; position is -1
// where the drive cannot tell.
Napi::Value TapeStatusFromScript(const Napi::CallbackInfo &info);

#endif
