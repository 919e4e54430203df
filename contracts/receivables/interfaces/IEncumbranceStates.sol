// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IEncumbranceStates
/// @notice What a lender's claim is and can be; what every act that meets one may be refused with.
interface IEncumbranceStates {
    /// @notice RESERVED lapses; PLEDGED and ASSIGNED, by the encumbrance's kind, stand until released; NOTIFIED says
    /// that the obligor acknowledged notice and pays the lender.
    enum EncumbranceState {
        NONE,
        RESERVED,
        PLEDGED,
        ASSIGNED,
        NOTIFIED
    }

    /// @notice One lender's claim on one object; one storage slot.
    /// @param lender One-time account of the lender.
    /// @param kind One of `EncumbranceKinds`.
    /// @param noticeGiven Whether the lender has put notice of it on chain.
    /// @param disburseBy Last second at which a reservation holds and can be disbursed.
    /// @param contested Whether the holder says that the money did not come.
    /// @param recourseCalled Whether the lender has called on the recourse that it was given.
    struct Encumbrance {
        address lender;
        EncumbranceState state;
        uint8 kind;
        bool noticeGiven;
        uint40 disburseBy;
        bool contested;
        bool recourseCalled;
    }

    event EncumbranceLapsed(bytes32 indexed object);

    /// @notice `object` is neither an order nor a receivable.
    error EncumbranceUnknownObject(bytes32 object);
    /// @notice A lender's claim on `receivable` is `state`.
    error ReceivableAlreadyEncumbered(bytes32 receivable, EncumbranceState state);
    /// @notice A lender's claim on `order`, which reaches each receivable born from it, is `state`.
    error OrderAlreadyEncumbered(bytes32 order, EncumbranceState state);
    /// @notice An encumbrance that is `from` does not become `to`.
    error EncumbranceInvalidTransition(bytes32 object, EncumbranceState from, EncumbranceState to);
    /// @notice `account` is not the lender of the encumbrance on `object`.
    error EncumbranceUnauthorized(bytes32 object, address account);
    /// @notice Notice redirects payment of a receivable; `order` is an order.
    error EncumbranceOnOrder(bytes32 order);
}
