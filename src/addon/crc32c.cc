// SPDX-License-Identifier: GPL-2.0-or-later
// ISA-L's CRC-32C where it is linked; else the instruction of x86-64; else a table, on any machine.
#include "crc32c.h"

#ifdef MHVTL_ISAL
#include <isa-l/crc.h>
#endif

#include <algorithm>
#include <array>
#include <cstring>

#ifdef MHVTL_ISAL

uint32_t Crc32c(const uint8_t *bytes, size_t size, uint32_t seed) {
  const size_t kStep = 1 << 30;  // it counts in int
  uint32_t crc = ~seed;
  while (size > 0) {
    const size_t step = std::min(size, kStep);
    crc = crc32_iscsi(const_cast<unsigned char *>(bytes), static_cast<int>(step), crc);
    bytes += step;
    size -= step;
  }
  return ~crc;
}

#else

namespace {

std::array<uint32_t, 256> MakeTable() {
  std::array<uint32_t, 256> table{};
  for (uint32_t byte = 0; byte < table.size(); byte++) {
    uint32_t crc = byte;
    for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0x82f63b78 : crc >> 1;
    table[byte] = crc;
  }
  return table;
}

uint32_t ByTable(const uint8_t *bytes, size_t size, uint32_t crc) {
  static const std::array<uint32_t, 256> table = MakeTable();
  for (size_t i = 0; i < size; i++) crc = (crc >> 8) ^ table[(crc ^ bytes[i]) & 0xff];
  return crc;
}

#if defined(__x86_64__)
__attribute__((target("sse4.2"))) uint32_t ByInstruction(const uint8_t *bytes, size_t size,
                                                         uint32_t crc) {
  uint64_t state = crc;
  for (; size >= 8; bytes += 8, size -= 8) {
    uint64_t word;
    memcpy(&word, bytes, 8);
    state = __builtin_ia32_crc32di(state, word);
  }
  crc = static_cast<uint32_t>(state);
  for (; size > 0; bytes++, size--) crc = __builtin_ia32_crc32qi(crc, *bytes);
  return crc;
}
#endif

}  // namespace

uint32_t Crc32c(const uint8_t *bytes, size_t size, uint32_t seed) {
#if defined(__x86_64__)
  static const bool instruction = __builtin_cpu_supports("sse4.2");
  if (instruction) return ~ByInstruction(bytes, size, ~seed);
#endif
  return ~ByTable(bytes, size, ~seed);
}

#endif

uint32_t CopyAndCrc32c(uint8_t *into, const uint8_t *from, size_t size) {
  const size_t kPiece = 32 << 10;
  uint32_t crc = 0;
  while (size > 0) {
    const size_t piece = std::min(size, kPiece);
    crc = Crc32c(from, piece, crc);
    memcpy(into, from, piece);
    from += piece;
    into += piece;
    size -= piece;
  }
  return crc;
}
