#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Programs that decode pages: those of a drive of each family, without an error and without a bad field. Runs with
# test/lab/configs/families.
. "$(dirname "$0")/tap.sh"
. "$(dirname "$0")/units.sh"

# What the decoders say of what they do not like; TapeAlert flags, whose names are about everything bad, are no complaints.
complaint='\bbad\b|error code|[Ii]nvalid|[Ii]llegal|truncated|too short|too long|unexpected|[Mm]alformed|overrun|sense key'
complaint+='|[Rr]eserved (param|code|value)|[Uu]nknown (code|page|param)|\?\?\?'
# What has these words and is none: a counter of SAS links, parameters that came after sg3-utils 1.46 and before it was told.
harmless=': [01]$|Invalid DWORD count = 0|Reserved parameter code \(0x1[89]\)|Reserved \[parameter_code=|truncated after .* of .* bytes'

# decodes DESCRIPTION COMMAND...: it succeeds and complains of nothing.
decodes() {
  local description=$1
  shift
  if ! "$@" >"$scratch/out" 2>&1; then
    echo "status not 0: $*" >>"$scratch/out"
    report 1 "$description" "$scratch/out"
  elif grep -Ev "$harmless" "$scratch/out" | grep -E "$complaint" >"$scratch/bad"; then
    report 1 "$description" "$scratch/bad"
  else
    report 0 "$description"
  fi
}

# family DRIVE NAME [SUFFIX [LESS]]: everything that can be asked, with its cartridge if there is one.
family() {
  local sg=SG$1 tape=TAPE$1 slot
  if [ -n "${3-}" ]; then
    slot=$(mtx -f "$CHANGER" status | sed -n "s/^ *Storage Element \([0-9]*\):Full :VolumeTag=[^ ]*$3 *$/\1/p")
    ok "$2: loads" mtx -f "$CHANGER" load "$slot" "$1"
    ok "$2: ready" ready "$1"
    decodes "$2: mt status" mt -f "${!tape}" status
  else
    # Takes the unit attention of power on; the drive is empty.
    test_unit_ready "${!sg}" >/dev/null 2>&1
  fi
  decodes "$2: INQUIRY" sg_inq -e "${!sg}"
  like "$2: is itself" "$(sg_inq "${!sg}" | tr -d '\n')" "$2"
  decodes "$2: VPD pages" sg_vpd -a "${!sg}"
  decodes "$2: mode pages" sg_modes -a "${!sg}"
  decodes "$2: log pages" sg_logs -a "${!sg}"
  decodes "$2: tapeinfo" tapeinfo -f "${!sg}"
  # The length, then the first descriptor, whose two codes are alike.
  like "$2: REPORT DENSITY SUPPORT" "$(sg_raw -r 512 "${!sg}" 44 00 00 00 00 00 00 02 00 00 2>&1 | tr '\n' ' ')" \
    ' 00 +[0-9a-f]{2} [0-9a-f]{2} 00 00 ([0-9a-f]{2}) \1 '
  [ "${4-}" != scsi2 ] || return 0
  decodes "$2: operation codes" sg_opcodes --rctd "${!sg}"
  decodes "$2: task management functions" sg_opcodes --tmf --repd "${!sg}"
  if [ "${4-}" != 'no reservations' ]; then
    decodes "$2: reservations" sg_persist --in --report-capabilities "${!sg}"
    decodes "$2: registrations" sg_persist --in --read-full-status "${!sg}"
  fi
  decodes "$2: timestamp" sg_timestamp "${!sg}"
  [ -z "${3-}" ] || decodes "$2: attributes" sg_read_attr "${!sg}"
  # Drives that encrypt list their security protocols.
  ! sg_raw -r 16 "${!sg}" a2 00 00 00 00 00 00 00 00 10 00 00 >/dev/null 2>&1 ||
    decodes "$2: stenc" stenc -f "${!sg}" --detail
}

family 0 ULT3580-TD1 L1
family 1 ULT3580-TD5 L5
family 2 ULTRIUM-HH9 L9
family 3 'Ultrium 6-SCSI' L6
family 4 03592J1A JA
family 5 03592E08 JD
family 6 T10000D TD
family 7 T9840C TX
# SCSI-2 drives do not tell their operation codes.
family 8 DLT7000 D7 scsi2
family 9 SDLT600 S3
family 10 SDX-300C X1 scsi2
family 11 DAT160
# It claims SCSI-2, and has whatever else there is.
family 12 GENERIC L3 'no reservations'
family 13 ULT3580-TDA LA
family 14 T9940B TU
family 15 SDZ-130
family 16 DLT-S4 S4
family 17 HP35470A '' scsi2
family 18 0359270F JF
finish
