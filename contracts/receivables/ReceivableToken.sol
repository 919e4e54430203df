// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IReceivableToken} from "./interfaces/IReceivableToken.sol";
import {ReceivableBase} from "./ReceivableBase.sol";

/// @title ReceivableToken
/// @notice The ERC-721 reading of receivables.
abstract contract ReceivableToken is IReceivableToken, ReceivableBase {
    /// @inheritdoc IReceivableToken
    function balanceOf(address owner) external view returns (uint256) {
        if (owner == address(0)) revert ReceivableInvalidOwner(owner);
        return _balances[owner];
    }

    /// @inheritdoc IReceivableToken
    function ownerOf(uint256 tokenId) external view returns (address) {
        return _token(tokenId).holder;
    }

    /// @inheritdoc IReceivableToken
    function getApproved(uint256 tokenId) external view returns (address) {
        _token(tokenId);
        return address(0);
    }

    /// @inheritdoc IReceivableToken
    function isApprovedForAll(address, address) external pure returns (bool) {
        return false;
    }

    /// @inheritdoc IReceivableToken
    function approve(address, uint256) external pure {
        revert ReceivableNotTransferable();
    }

    /// @inheritdoc IReceivableToken
    function setApprovalForAll(address, bool) external pure {
        revert ReceivableNotTransferable();
    }

    /// @inheritdoc IReceivableToken
    function transferFrom(address, address, uint256) external pure {
        revert ReceivableNotTransferable();
    }

    /// @inheritdoc IReceivableToken
    function safeTransferFrom(address, address, uint256) external pure {
        revert ReceivableNotTransferable();
    }

    /// @inheritdoc IReceivableToken
    function safeTransferFrom(address, address, uint256, bytes calldata) external pure {
        revert ReceivableNotTransferable();
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return interfaceId == type(IERC721).interfaceId || interfaceId == type(IERC165).interfaceId;
    }

    /// @dev A voided or split receivable is no token any more.
    function _token(uint256 tokenId) private view returns (Receivable storage record) {
        record = _known(bytes32(tokenId));
        bool gone = record.status == ReceivableStatus.VOID || record.status == ReceivableStatus.SPLIT;
        if (gone) revert ReceivableUnknown(bytes32(tokenId));
    }
}
