// SPDX-License-Identifier: GPL-2.0-or-later
// CRC-32C (Castagnoli), the checksum of blocks, by the fastest way the processor has.
#ifndef MHVTL_ADDON_CRC32C_H
#define MHVTL_ADDON_CRC32C_H

#include <cstddef>
#include <cstdint>

// CRC of `size` bytes; `seed` is the CRC of the bytes before them, 0 for none.
uint32_t Crc32c(const uint8_t *bytes, size_t size, uint32_t seed = 0);

// Copies `size` bytes and returns their CRC-32C; piece by piece, so that they come through the cache once.
uint32_t CopyAndCrc32c(uint8_t *into, const uint8_t *from, size_t size);

#endif
