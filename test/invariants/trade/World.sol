// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC1967Proxy} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";
import {GovernedRegistry} from "../../../contracts/libraries/GovernedRegistry.sol";
import {IMemberRegistry} from "../../../contracts/members/interfaces/IMemberRegistry.sol";
import {KeyKinds} from "../../../contracts/members/libraries/KeyKinds.sol";
import {IOrderRegistry} from "../../../contracts/orders/interfaces/IOrderRegistry.sol";
import {IReceivableRegistry} from "../../../contracts/receivables/interfaces/IReceivableRegistry.sol";
import {Founding} from "../support/Founding.sol";
import {VM} from "../support/Vm.sol";

/// @title World
/// @notice The three registries behind proxies, with members 1 and 2 as buyers, 3 and 4 as suppliers, 5 and 6 as banks. Each
/// has its operator and one more account that was its operator once and is revoked; each buyer has a tag key.
abstract contract World {
    uint32 internal constant MEMBERS = 6;
    /// @dev Member n's revoked account has the key 3000 + n.
    uint256 private constant REVOKED = 3000;

    IMemberRegistry public members;
    IOrderRegistry public orders;
    IReceivableRegistry public receivables;
    uint256 private _proposals;

    constructor() {
        members = Founding.found(2, 2, 2);
        // The order registry names the proxy of the receivable registry, which is created four creations later.
        address receivablesProxy = VM.computeCreateAddress(address(this), VM.getNonce(address(this)) + 4);
        orders = IOrderRegistry(
            _deploy("contracts/orders/OrderRegistry.sol:OrderRegistry", abi.encode(members, receivablesProxy))
        );
        bytes memory both = abi.encode(members, orders);
        address annex = _create("contracts/receivables/ReceivableAnnex.sol:ReceivableAnnex", both);
        receivables = IReceivableRegistry(
            _deploy(
                "contracts/receivables/ReceivableRegistry.sol:ReceivableRegistry",
                bytes.concat(both, abi.encode(annex))
            )
        );
        for (uint32 id = 1; id <= MEMBERS; ++id) {
            _addAndRevoke(id);
            if (id <= 2) _addTagKey(id);
        }
    }

    function _revokedOperatorOf(uint32 id) internal pure returns (address) {
        return VM.addr(REVOKED + id);
    }

    function _addTagKey(uint32 id) internal {
        bytes memory key = abi.encodePacked(bytes16(0), keccak256(abi.encode(id, members.tagKeys(id))));
        VM.prank(Founding.adminOf(id));
        members.addKey(KeyKinds.TAG, key);
    }

    /// @dev All who may vote approve, and it is executed at once.
    function _decide(uint8 kind, uint32 id) internal {
        VM.prank(Founding.adminOf(members.member(1).status == 1 ? 1 : 2));
        bytes32 proposal = members.propose(kind, abi.encode(id), 0, bytes32(++_proposals));
        for (uint32 voter = 1; voter <= MEMBERS; ++voter) {
            if (members.member(voter).status != 1) continue;
            VM.prank(Founding.adminOf(voter));
            members.vote(proposal, true);
        }
        members.execute(proposal);
    }

    /// @dev The very code that is deployed elsewhere, compiled by its own settings, behind a proxy.
    function _deploy(string memory artifact, bytes memory arguments) private returns (address) {
        address implementation = _create(artifact, arguments);
        return address(new ERC1967Proxy(implementation, abi.encodeCall(GovernedRegistry.initialize, ())));
    }

    function _create(string memory artifact, bytes memory arguments) private returns (address created) {
        bytes memory creation = abi.encodePacked(VM.getCode(artifact), arguments);
        assembly {
            created := create(0, add(creation, 0x20), mload(creation))
        }
        require(created != address(0), artifact);
    }

    function _addAndRevoke(uint32 id) private {
        address account = _revokedOperatorOf(id);
        bytes32 typehash = keccak256("OperatorAcceptance(address account,uint32 member)");
        bytes32 hash = keccak256(abi.encode(typehash, account, id));
        bytes32 digest = keccak256(abi.encodePacked("\x19\x01", _domainOf(address(members)), hash));
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(REVOKED + id, digest);
        VM.prank(Founding.adminOf(id));
        members.addOperator(account, abi.encodePacked(r, s, v));
        VM.prank(Founding.adminOf(id));
        members.revokeOperator(account, 0);
    }

    function _domainOf(address registry) internal view returns (bytes32) {
        return GovernedRegistry(registry).domainSeparator();
    }
}
