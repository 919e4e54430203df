// Written by scripts/snapshots/storage from solc's storage layouts; npm run generate.
export const STORAGE_LAYOUTS = {
  "MemberRegistry": {
    "storage": [
      {
        "label": "_domainSalt",
        "slot": "82775355410891810324069973341104792524564764611101272168162530078812063983104",
        "offset": 0,
        "type": "t_bytes32"
      },
      {
        "label": "_members",
        "slot": "82775355410891810324069973341104792524564764611101272168162530078812063983105",
        "offset": 0,
        "type": "t_mapping(t_uint32,t_struct(Member)_storage)"
      },
      {
        "label": "_operators",
        "slot": "82775355410891810324069973341104792524564764611101272168162530078812063983106",
        "offset": 0,
        "type": "t_mapping(t_address,t_struct(Operator)_storage)"
      },
      {
        "label": "_admins",
        "slot": "82775355410891810324069973341104792524564764611101272168162530078812063983107",
        "offset": 0,
        "type": "t_mapping(t_address,t_uint32)"
      },
      {
        "label": "_keys",
        "slot": "82775355410891810324069973341104792524564764611101272168162530078812063983108",
        "offset": 0,
        "type": "t_mapping(t_bytes32,t_struct(Key)_storage)"
      },
      {
        "label": "_entities",
        "slot": "82775355410891810324069973341104792524564764611101272168162530078812063983109",
        "offset": 0,
        "type": "t_mapping(t_bytes32,t_uint32)"
      },
      {
        "label": "_names",
        "slot": "82775355410891810324069973341104792524564764611101272168162530078812063983110",
        "offset": 0,
        "type": "t_mapping(t_string_memory_ptr,t_uint32)"
      },
      {
        "label": "_proposals",
        "slot": "82775355410891810324069973341104792524564764611101272168162530078812063983111",
        "offset": 0,
        "type": "t_mapping(t_bytes32,t_struct(Proposal)_storage)"
      },
      {
        "label": "_votes",
        "slot": "82775355410891810324069973341104792524564764611101272168162530078812063983112",
        "offset": 0,
        "type": "t_mapping(t_bytes32,t_mapping(t_uint32,t_uint8))"
      },
      {
        "label": "_chamberSizes",
        "slot": "82775355410891810324069973341104792524564764611101272168162530078812063983113",
        "offset": 0,
        "type": "t_array(t_uint32)_storage"
      },
      {
        "label": "_memberCount",
        "slot": "82775355410891810324069973341104792524564764611101272168162530078812063983114",
        "offset": 0,
        "type": "t_uint32"
      },
      {
        "label": "_proposalCount",
        "slot": "82775355410891810324069973341104792524564764611101272168162530078812063983114",
        "offset": 4,
        "type": "t_uint32"
      },
      {
        "label": "_upgradeDelay",
        "slot": "82775355410891810324069973341104792524564764611101272168162530078812063983114",
        "offset": 8,
        "type": "t_uint40"
      },
      {
        "label": "_votingPeriod",
        "slot": "82775355410891810324069973341104792524564764611101272168162530078812063983114",
        "offset": 13,
        "type": "t_uint40"
      }
    ],
    "types": {
      "t_address": {
        "encoding": "inplace",
        "label": "address",
        "numberOfBytes": "20"
      },
      "t_array(t_uint32)_storage": {
        "encoding": "inplace",
        "label": "uint32[3]",
        "numberOfBytes": "32",
        "base": "t_uint32"
      },
      "t_bool": {
        "encoding": "inplace",
        "label": "bool",
        "numberOfBytes": "1"
      },
      "t_bytes32": {
        "encoding": "inplace",
        "label": "bytes32",
        "numberOfBytes": "32"
      },
      "t_bytes_storage": {
        "encoding": "bytes",
        "label": "bytes",
        "numberOfBytes": "32"
      },
      "t_mapping(t_address,t_struct(Operator)_storage)": {
        "encoding": "mapping",
        "label": "mapping(address => struct IMemberKeys.Operator)",
        "numberOfBytes": "32",
        "key": "t_address",
        "value": "t_struct(Operator)_storage"
      },
      "t_mapping(t_address,t_uint32)": {
        "encoding": "mapping",
        "label": "mapping(address => uint32)",
        "numberOfBytes": "32",
        "key": "t_address",
        "value": "t_uint32"
      },
      "t_mapping(t_bytes32,t_mapping(t_uint32,t_uint8))": {
        "encoding": "mapping",
        "label": "mapping(bytes32 => mapping(uint32 => uint8))",
        "numberOfBytes": "32",
        "key": "t_bytes32",
        "value": "t_mapping(t_uint32,t_uint8)"
      },
      "t_mapping(t_bytes32,t_struct(Key)_storage)": {
        "encoding": "mapping",
        "label": "mapping(bytes32 => struct IMemberKeys.Key)",
        "numberOfBytes": "32",
        "key": "t_bytes32",
        "value": "t_struct(Key)_storage"
      },
      "t_mapping(t_bytes32,t_struct(Proposal)_storage)": {
        "encoding": "mapping",
        "label": "mapping(bytes32 => struct IMemberGovernance.Proposal)",
        "numberOfBytes": "32",
        "key": "t_bytes32",
        "value": "t_struct(Proposal)_storage"
      },
      "t_mapping(t_bytes32,t_uint32)": {
        "encoding": "mapping",
        "label": "mapping(bytes32 => uint32)",
        "numberOfBytes": "32",
        "key": "t_bytes32",
        "value": "t_uint32"
      },
      "t_mapping(t_string_memory_ptr,t_uint32)": {
        "encoding": "mapping",
        "label": "mapping(string => uint32)",
        "numberOfBytes": "32",
        "key": "t_string_memory_ptr",
        "value": "t_uint32"
      },
      "t_mapping(t_uint32,t_struct(Member)_storage)": {
        "encoding": "mapping",
        "label": "mapping(uint32 => struct IMemberGovernance.Member)",
        "numberOfBytes": "32",
        "key": "t_uint32",
        "value": "t_struct(Member)_storage"
      },
      "t_mapping(t_uint32,t_uint8)": {
        "encoding": "mapping",
        "label": "mapping(uint32 => uint8)",
        "numberOfBytes": "32",
        "key": "t_uint32",
        "value": "t_uint8"
      },
      "t_string_memory_ptr": {
        "encoding": "bytes",
        "label": "string",
        "numberOfBytes": "32"
      },
      "t_struct(Key)_storage": {
        "encoding": "inplace",
        "label": "struct IMemberKeys.Key",
        "numberOfBytes": "32",
        "members": [
          {
            "label": "member",
            "slot": "0",
            "offset": 0,
            "type": "t_uint32"
          },
          {
            "label": "kind",
            "slot": "0",
            "offset": 4,
            "type": "t_uint8"
          },
          {
            "label": "number",
            "slot": "0",
            "offset": 5,
            "type": "t_uint32"
          },
          {
            "label": "addedAt",
            "slot": "0",
            "offset": 9,
            "type": "t_uint40"
          },
          {
            "label": "revokedAt",
            "slot": "0",
            "offset": 14,
            "type": "t_uint40"
          },
          {
            "label": "inDoubtFrom",
            "slot": "0",
            "offset": 19,
            "type": "t_uint40"
          }
        ]
      },
      "t_struct(Member)_storage": {
        "encoding": "inplace",
        "label": "struct IMemberGovernance.Member",
        "numberOfBytes": "32",
        "members": [
          {
            "label": "admin",
            "slot": "0",
            "offset": 0,
            "type": "t_address"
          },
          {
            "label": "roles",
            "slot": "0",
            "offset": 20,
            "type": "t_uint8"
          },
          {
            "label": "chamber",
            "slot": "0",
            "offset": 21,
            "type": "t_uint8"
          },
          {
            "label": "status",
            "slot": "0",
            "offset": 22,
            "type": "t_uint8"
          },
          {
            "label": "votingSince",
            "slot": "0",
            "offset": 23,
            "type": "t_uint32"
          },
          {
            "label": "tagKeys",
            "slot": "0",
            "offset": 27,
            "type": "t_uint32"
          }
        ]
      },
      "t_struct(Operator)_storage": {
        "encoding": "inplace",
        "label": "struct IMemberKeys.Operator",
        "numberOfBytes": "32",
        "members": [
          {
            "label": "member",
            "slot": "0",
            "offset": 0,
            "type": "t_uint32"
          },
          {
            "label": "addedAt",
            "slot": "0",
            "offset": 4,
            "type": "t_uint40"
          },
          {
            "label": "revokedAt",
            "slot": "0",
            "offset": 9,
            "type": "t_uint40"
          },
          {
            "label": "inDoubtFrom",
            "slot": "0",
            "offset": 14,
            "type": "t_uint40"
          }
        ]
      },
      "t_struct(Proposal)_storage": {
        "encoding": "inplace",
        "label": "struct IMemberGovernance.Proposal",
        "numberOfBytes": "128",
        "members": [
          {
            "label": "kind",
            "slot": "0",
            "offset": 0,
            "type": "t_uint8"
          },
          {
            "label": "executed",
            "slot": "0",
            "offset": 1,
            "type": "t_bool"
          },
          {
            "label": "ordinal",
            "slot": "0",
            "offset": 2,
            "type": "t_uint32"
          },
          {
            "label": "votingEnds",
            "slot": "0",
            "offset": 6,
            "type": "t_uint40"
          },
          {
            "label": "executableAt",
            "slot": "0",
            "offset": 11,
            "type": "t_uint40"
          },
          {
            "label": "sizes",
            "slot": "1",
            "offset": 0,
            "type": "t_array(t_uint32)_storage"
          },
          {
            "label": "approvals",
            "slot": "2",
            "offset": 0,
            "type": "t_array(t_uint32)_storage"
          },
          {
            "label": "payload",
            "slot": "3",
            "offset": 0,
            "type": "t_bytes_storage"
          }
        ]
      },
      "t_uint32": {
        "encoding": "inplace",
        "label": "uint32",
        "numberOfBytes": "4"
      },
      "t_uint40": {
        "encoding": "inplace",
        "label": "uint40",
        "numberOfBytes": "5"
      },
      "t_uint8": {
        "encoding": "inplace",
        "label": "uint8",
        "numberOfBytes": "1"
      }
    }
  },
  "OrderRegistry": {
    "storage": [
      {
        "label": "_domainSalt",
        "slot": "22743390091288483023706060071953272714094024041771809477232966013572825034752",
        "offset": 0,
        "type": "t_bytes32"
      },
      {
        "label": "_orders",
        "slot": "22743390091288483023706060071953272714094024041771809477232966013572825034753",
        "offset": 0,
        "type": "t_mapping(t_bytes32,t_struct(Order)_storage)"
      },
      {
        "label": "_commitments",
        "slot": "22743390091288483023706060071953272714094024041771809477232966013572825034754",
        "offset": 0,
        "type": "t_mapping(t_bytes32,t_bytes32)"
      },
      {
        "label": "_pendingCommitments",
        "slot": "22743390091288483023706060071953272714094024041771809477232966013572825034755",
        "offset": 0,
        "type": "t_mapping(t_bytes32,t_bytes32)"
      },
      {
        "label": "_heads",
        "slot": "22743390091288483023706060071953272714094024041771809477232966013572825034756",
        "offset": 0,
        "type": "t_mapping(t_bytes32,t_bytes32)"
      },
      {
        "label": "_participants",
        "slot": "22743390091288483023706060071953272714094024041771809477232966013572825034757",
        "offset": 0,
        "type": "t_mapping(t_bytes32,t_mapping(t_uint32,t_struct(Participant)_storage))"
      }
    ],
    "types": {
      "t_bool": {
        "encoding": "inplace",
        "label": "bool",
        "numberOfBytes": "1"
      },
      "t_bytes32": {
        "encoding": "inplace",
        "label": "bytes32",
        "numberOfBytes": "32"
      },
      "t_enum(OrderStatus)": {
        "encoding": "inplace",
        "label": "enum IOrderLifeCycle.OrderStatus",
        "numberOfBytes": "1"
      },
      "t_mapping(t_bytes32,t_bytes32)": {
        "encoding": "mapping",
        "label": "mapping(bytes32 => bytes32)",
        "numberOfBytes": "32",
        "key": "t_bytes32",
        "value": "t_bytes32"
      },
      "t_mapping(t_bytes32,t_mapping(t_uint32,t_struct(Participant)_storage))": {
        "encoding": "mapping",
        "label": "mapping(bytes32 => mapping(uint32 => struct IFulfilment.Participant))",
        "numberOfBytes": "32",
        "key": "t_bytes32",
        "value": "t_mapping(t_uint32,t_struct(Participant)_storage)"
      },
      "t_mapping(t_bytes32,t_struct(Order)_storage)": {
        "encoding": "mapping",
        "label": "mapping(bytes32 => struct IOrderLifeCycle.Order)",
        "numberOfBytes": "32",
        "key": "t_bytes32",
        "value": "t_struct(Order)_storage"
      },
      "t_mapping(t_uint32,t_struct(Participant)_storage)": {
        "encoding": "mapping",
        "label": "mapping(uint32 => struct IFulfilment.Participant)",
        "numberOfBytes": "32",
        "key": "t_uint32",
        "value": "t_struct(Participant)_storage"
      },
      "t_struct(Order)_storage": {
        "encoding": "inplace",
        "label": "struct IOrderLifeCycle.Order",
        "numberOfBytes": "32",
        "members": [
          {
            "label": "buyer",
            "slot": "0",
            "offset": 0,
            "type": "t_uint32"
          },
          {
            "label": "supplier",
            "slot": "0",
            "offset": 4,
            "type": "t_uint32"
          },
          {
            "label": "status",
            "slot": "0",
            "offset": 8,
            "type": "t_enum(OrderStatus)"
          },
          {
            "label": "proposals",
            "slot": "0",
            "offset": 9,
            "type": "t_uint8"
          },
          {
            "label": "encumbered",
            "slot": "0",
            "offset": 10,
            "type": "t_bool"
          },
          {
            "label": "version",
            "slot": "0",
            "offset": 11,
            "type": "t_uint32"
          },
          {
            "label": "coverVersion",
            "slot": "0",
            "offset": 15,
            "type": "t_uint32"
          },
          {
            "label": "expiry",
            "slot": "0",
            "offset": 19,
            "type": "t_uint40"
          },
          {
            "label": "encumberedDescendants",
            "slot": "0",
            "offset": 24,
            "type": "t_uint32"
          },
          {
            "label": "entries",
            "slot": "0",
            "offset": 28,
            "type": "t_uint32"
          }
        ]
      },
      "t_struct(Participant)_storage": {
        "encoding": "inplace",
        "label": "struct IFulfilment.Participant",
        "numberOfBytes": "32",
        "members": [
          {
            "label": "kindsByBuyer",
            "slot": "0",
            "offset": 0,
            "type": "t_uint16"
          },
          {
            "label": "kindsBySupplier",
            "slot": "0",
            "offset": 2,
            "type": "t_uint16"
          },
          {
            "label": "untilByBuyer",
            "slot": "0",
            "offset": 4,
            "type": "t_uint40"
          },
          {
            "label": "untilBySupplier",
            "slot": "0",
            "offset": 9,
            "type": "t_uint40"
          },
          {
            "label": "entries",
            "slot": "0",
            "offset": 14,
            "type": "t_uint16"
          }
        ]
      },
      "t_uint16": {
        "encoding": "inplace",
        "label": "uint16",
        "numberOfBytes": "2"
      },
      "t_uint32": {
        "encoding": "inplace",
        "label": "uint32",
        "numberOfBytes": "4"
      },
      "t_uint40": {
        "encoding": "inplace",
        "label": "uint40",
        "numberOfBytes": "5"
      },
      "t_uint8": {
        "encoding": "inplace",
        "label": "uint8",
        "numberOfBytes": "1"
      }
    }
  },
  "ReceivableRegistry": {
    "storage": [
      {
        "label": "_domainSalt",
        "slot": "60621754238381271976966444669863310258577939175787880265284752919032368036352",
        "offset": 0,
        "type": "t_bytes32"
      },
      {
        "label": "_receivables",
        "slot": "60621754238381271976966444669863310258577939175787880265284752919032368036353",
        "offset": 0,
        "type": "t_mapping(t_bytes32,t_struct(Receivable)_storage)"
      },
      {
        "label": "_orders",
        "slot": "60621754238381271976966444669863310258577939175787880265284752919032368036354",
        "offset": 0,
        "type": "t_mapping(t_bytes32,t_array(t_bytes32)dyn_storage)"
      },
      {
        "label": "_encumbrances",
        "slot": "60621754238381271976966444669863310258577939175787880265284752919032368036355",
        "offset": 0,
        "type": "t_mapping(t_bytes32,t_struct(Encumbrance)_storage)"
      },
      {
        "label": "_fingerprints",
        "slot": "60621754238381271976966444669863310258577939175787880265284752919032368036356",
        "offset": 0,
        "type": "t_mapping(t_uint32,t_mapping(t_bytes32,t_bytes32))"
      },
      {
        "label": "_orderTags",
        "slot": "60621754238381271976966444669863310258577939175787880265284752919032368036357",
        "offset": 0,
        "type": "t_mapping(t_uint32,t_mapping(t_bytes32,t_bytes32))"
      },
      {
        "label": "_successors",
        "slot": "60621754238381271976966444669863310258577939175787880265284752919032368036358",
        "offset": 0,
        "type": "t_mapping(t_bytes32,t_bytes32)"
      },
      {
        "label": "_openEntries",
        "slot": "60621754238381271976966444669863310258577939175787880265284752919032368036359",
        "offset": 0,
        "type": "t_mapping(t_bytes32,t_mapping(t_uint32,t_uint8))"
      },
      {
        "label": "_nonces",
        "slot": "60621754238381271976966444669863310258577939175787880265284752919032368036360",
        "offset": 0,
        "type": "t_mapping(t_address,t_mapping(t_bytes32,t_bool))"
      },
      {
        "label": "_balances",
        "slot": "60621754238381271976966444669863310258577939175787880265284752919032368036361",
        "offset": 0,
        "type": "t_mapping(t_address,t_uint256)"
      }
    ],
    "types": {
      "t_address": {
        "encoding": "inplace",
        "label": "address",
        "numberOfBytes": "20"
      },
      "t_array(t_bytes32)dyn_storage": {
        "encoding": "dynamic_array",
        "label": "bytes32[]",
        "numberOfBytes": "32",
        "base": "t_bytes32"
      },
      "t_bool": {
        "encoding": "inplace",
        "label": "bool",
        "numberOfBytes": "1"
      },
      "t_bytes32": {
        "encoding": "inplace",
        "label": "bytes32",
        "numberOfBytes": "32"
      },
      "t_enum(EncumbranceState)": {
        "encoding": "inplace",
        "label": "enum IEncumbrances.EncumbranceState",
        "numberOfBytes": "1"
      },
      "t_enum(ReceivableStatus)": {
        "encoding": "inplace",
        "label": "enum IReceivableLifeCycle.ReceivableStatus",
        "numberOfBytes": "1"
      },
      "t_mapping(t_address,t_mapping(t_bytes32,t_bool))": {
        "encoding": "mapping",
        "label": "mapping(address => mapping(bytes32 => bool))",
        "numberOfBytes": "32",
        "key": "t_address",
        "value": "t_mapping(t_bytes32,t_bool)"
      },
      "t_mapping(t_address,t_uint256)": {
        "encoding": "mapping",
        "label": "mapping(address => uint256)",
        "numberOfBytes": "32",
        "key": "t_address",
        "value": "t_uint256"
      },
      "t_mapping(t_bytes32,t_array(t_bytes32)dyn_storage)": {
        "encoding": "mapping",
        "label": "mapping(bytes32 => bytes32[])",
        "numberOfBytes": "32",
        "key": "t_bytes32",
        "value": "t_array(t_bytes32)dyn_storage"
      },
      "t_mapping(t_bytes32,t_bool)": {
        "encoding": "mapping",
        "label": "mapping(bytes32 => bool)",
        "numberOfBytes": "32",
        "key": "t_bytes32",
        "value": "t_bool"
      },
      "t_mapping(t_bytes32,t_bytes32)": {
        "encoding": "mapping",
        "label": "mapping(bytes32 => bytes32)",
        "numberOfBytes": "32",
        "key": "t_bytes32",
        "value": "t_bytes32"
      },
      "t_mapping(t_bytes32,t_mapping(t_uint32,t_uint8))": {
        "encoding": "mapping",
        "label": "mapping(bytes32 => mapping(uint32 => uint8))",
        "numberOfBytes": "32",
        "key": "t_bytes32",
        "value": "t_mapping(t_uint32,t_uint8)"
      },
      "t_mapping(t_bytes32,t_struct(Encumbrance)_storage)": {
        "encoding": "mapping",
        "label": "mapping(bytes32 => struct IEncumbrances.Encumbrance)",
        "numberOfBytes": "32",
        "key": "t_bytes32",
        "value": "t_struct(Encumbrance)_storage"
      },
      "t_mapping(t_bytes32,t_struct(Receivable)_storage)": {
        "encoding": "mapping",
        "label": "mapping(bytes32 => struct IReceivableLifeCycle.Receivable)",
        "numberOfBytes": "32",
        "key": "t_bytes32",
        "value": "t_struct(Receivable)_storage"
      },
      "t_mapping(t_uint32,t_mapping(t_bytes32,t_bytes32))": {
        "encoding": "mapping",
        "label": "mapping(uint32 => mapping(bytes32 => bytes32))",
        "numberOfBytes": "32",
        "key": "t_uint32",
        "value": "t_mapping(t_bytes32,t_bytes32)"
      },
      "t_mapping(t_uint32,t_uint8)": {
        "encoding": "mapping",
        "label": "mapping(uint32 => uint8)",
        "numberOfBytes": "32",
        "key": "t_uint32",
        "value": "t_uint8"
      },
      "t_struct(Encumbrance)_storage": {
        "encoding": "inplace",
        "label": "struct IEncumbrances.Encumbrance",
        "numberOfBytes": "32",
        "members": [
          {
            "label": "lender",
            "slot": "0",
            "offset": 0,
            "type": "t_address"
          },
          {
            "label": "state",
            "slot": "0",
            "offset": 20,
            "type": "t_enum(EncumbranceState)"
          },
          {
            "label": "kind",
            "slot": "0",
            "offset": 21,
            "type": "t_uint8"
          },
          {
            "label": "noticeGiven",
            "slot": "0",
            "offset": 22,
            "type": "t_bool"
          },
          {
            "label": "disburseBy",
            "slot": "0",
            "offset": 23,
            "type": "t_uint40"
          }
        ]
      },
      "t_struct(Receivable)_storage": {
        "encoding": "inplace",
        "label": "struct IReceivableLifeCycle.Receivable",
        "numberOfBytes": "128",
        "members": [
          {
            "label": "obligor",
            "slot": "0",
            "offset": 0,
            "type": "t_uint32"
          },
          {
            "label": "supplier",
            "slot": "0",
            "offset": 4,
            "type": "t_uint32"
          },
          {
            "label": "status",
            "slot": "0",
            "offset": 8,
            "type": "t_enum(ReceivableStatus)"
          },
          {
            "label": "scope",
            "slot": "0",
            "offset": 9,
            "type": "t_uint8"
          },
          {
            "label": "everEncumbered",
            "slot": "0",
            "offset": 10,
            "type": "t_bool"
          },
          {
            "label": "openDisputes",
            "slot": "0",
            "offset": 11,
            "type": "t_uint32"
          },
          {
            "label": "coverVersion",
            "slot": "0",
            "offset": 15,
            "type": "t_uint32"
          },
          {
            "label": "entries",
            "slot": "0",
            "offset": 19,
            "type": "t_uint32"
          },
          {
            "label": "holder",
            "slot": "1",
            "offset": 0,
            "type": "t_address"
          },
          {
            "label": "commitment",
            "slot": "2",
            "offset": 0,
            "type": "t_bytes32"
          },
          {
            "label": "head",
            "slot": "3",
            "offset": 0,
            "type": "t_bytes32"
          }
        ]
      },
      "t_uint256": {
        "encoding": "inplace",
        "label": "uint256",
        "numberOfBytes": "32"
      },
      "t_uint32": {
        "encoding": "inplace",
        "label": "uint32",
        "numberOfBytes": "4"
      },
      "t_uint40": {
        "encoding": "inplace",
        "label": "uint40",
        "numberOfBytes": "5"
      },
      "t_uint8": {
        "encoding": "inplace",
        "label": "uint8",
        "numberOfBytes": "1"
      }
    }
  },
  "AccessGrants": {
    "storage": [
      {
        "label": "_domainSalt",
        "slot": "36295595907696554901998340820457750554696577564118205876868343876085283215872",
        "offset": 0,
        "type": "t_bytes32"
      },
      {
        "label": "_grants",
        "slot": "36295595907696554901998340820457750554696577564118205876868343876085283215873",
        "offset": 0,
        "type": "t_mapping(t_bytes32,t_struct(Grant)_storage)"
      }
    ],
    "types": {
      "t_address": {
        "encoding": "inplace",
        "label": "address",
        "numberOfBytes": "20"
      },
      "t_bytes32": {
        "encoding": "inplace",
        "label": "bytes32",
        "numberOfBytes": "32"
      },
      "t_mapping(t_bytes32,t_struct(Grant)_storage)": {
        "encoding": "mapping",
        "label": "mapping(bytes32 => struct IAccessGrants.Grant)",
        "numberOfBytes": "32",
        "key": "t_bytes32",
        "value": "t_struct(Grant)_storage"
      },
      "t_struct(Grant)_storage": {
        "encoding": "inplace",
        "label": "struct IAccessGrants.Grant",
        "numberOfBytes": "64",
        "members": [
          {
            "label": "maker",
            "slot": "0",
            "offset": 0,
            "type": "t_address"
          },
          {
            "label": "madeAt",
            "slot": "0",
            "offset": 20,
            "type": "t_uint40"
          },
          {
            "label": "revokedAt",
            "slot": "0",
            "offset": 25,
            "type": "t_uint40"
          },
          {
            "label": "commitment",
            "slot": "1",
            "offset": 0,
            "type": "t_bytes32"
          }
        ]
      },
      "t_uint40": {
        "encoding": "inplace",
        "label": "uint40",
        "numberOfBytes": "5"
      }
    }
  },
  "EvidenceAnchor": {
    "storage": [
      {
        "label": "_domainSalt",
        "slot": "57674802228375948866089591447058488842891005274847511591932885610047383159040",
        "offset": 0,
        "type": "t_bytes32"
      },
      {
        "label": "_heads",
        "slot": "57674802228375948866089591447058488842891005274847511591932885610047383159041",
        "offset": 0,
        "type": "t_mapping(t_uint32,t_mapping(t_uint32,t_bytes32))"
      }
    ],
    "types": {
      "t_bytes32": {
        "encoding": "inplace",
        "label": "bytes32",
        "numberOfBytes": "32"
      },
      "t_mapping(t_uint32,t_bytes32)": {
        "encoding": "mapping",
        "label": "mapping(uint32 => bytes32)",
        "numberOfBytes": "32",
        "key": "t_uint32",
        "value": "t_bytes32"
      },
      "t_mapping(t_uint32,t_mapping(t_uint32,t_bytes32))": {
        "encoding": "mapping",
        "label": "mapping(uint32 => mapping(uint32 => bytes32))",
        "numberOfBytes": "32",
        "key": "t_uint32",
        "value": "t_mapping(t_uint32,t_bytes32)"
      },
      "t_uint32": {
        "encoding": "inplace",
        "label": "uint32",
        "numberOfBytes": "4"
      }
    }
  }
} as const;
