using SelfService.Core.Catalog;
using SelfService.Core.Tickets;

namespace SelfService.Core.Orders;

public sealed partial class Order
{
    /// <summary>The company takes it on.</summary>
    public void Confirm(DateTime now) => Turn(OrderStatus.Placed, OrderStatus.Confirmed, now);

    /// <summary>Its pieces are being put together; the customer can no longer cancel by herself.</summary>
    public void Prepare(DateTime now) => Turn(OrderStatus.Confirmed, OrderStatus.Preparing, now);

    /// <summary>Pieces leave, or wait at the branch. With the last of them the order is shipped or ready.</summary>
    /// <param name="pieces">Which; null for all that have not left.</param>
    /// <param name="parcelId">Of the parcel; null for a new one.</param>
    public Parcel Dispatch(IReadOnlyList<ParcelLine>? pieces, string carrier, string tracking, string trackingUrl, DateTime now, Guid? parcelId = null)
    {
        Require(Status == OrderStatus.Preparing);
        pieces ??= [.. Lines.Where(l => l.ToDispatch > 0).Select(l => new ParcelLine(l.Id, l.ToDispatch))];
        Require(pieces.Count > 0);
        foreach (var piece in pieces)
        {
            Line(piece.LineId).Dispatch(piece.Quantity);
        }

        var parcel = new Parcel
        {
            Id = parcelId ?? OrderedId.New(),
            OrderId = Id,
            Number = Parcels.Count + 1,
            Lines = pieces,
            Carrier = carrier,
            Tracking = tracking,
            TrackingUrl = trackingUrl,
            DispatchedAt = now,
        };
        Parcels.Add(parcel);
        if (Lines.All(l => l.ToDispatch == 0))
        {
            Status = Receiving == Receiving.Collection ? OrderStatus.Ready : OrderStatus.Shipped;
        }

        UpdatedAt = now;
        return parcel;
    }

    /// <summary>A parcel is with the customer. With the last of them the order is delivered.</summary>
    public Parcel HandOver(Guid parcelId, DateTime now)
    {
        var parcel = Parcels.FirstOrDefault(p => p.Id == parcelId && p.DeliveredAt is null) ?? throw new OrderStateException();
        Require(Status is OrderStatus.Preparing or OrderStatus.Ready or OrderStatus.Shipped);
        foreach (var piece in parcel.Lines)
        {
            Line(piece.LineId).Deliver(piece.Quantity, now);
        }

        parcel.DeliveredAt = now;
        if (Lines.All(l => l.ToDispatch == 0) && Parcels.All(p => p.DeliveredAt is not null))
        {
            Status = OrderStatus.Delivered;
            EndedAt = now;
        }

        UpdatedAt = now;
        return parcel;
    }

    /// <summary>Nothing of it is wanted any more. What was paid is owed back, the pieces can be sold again.</summary>
    /// <exception cref="OrderStateException">The customer is too late, or something has left.</exception>
    public void Cancel(string reason, Actor actor, DateTime now)
    {
        var lines = Lines.Where(l => l.ToDispatch > 0).ToList();
        Require(lines.Count > 0);
        foreach (var line in lines)
        {
            TakeOff(line, line.ToDispatch, reason, actor, now);
        }

        Require(Status == OrderStatus.Cancelled);
    }

    /// <summary>Pieces of a line are not wanted any more; with the last line the order is cancelled.</summary>
    /// <param name="rules">Bringing it may cost again when little is left.</param>
    /// <exception cref="OrderStateException">The customer is too late, or the pieces have left.</exception>
    public void CancelLine(Guid lineId, int quantity, string reason, OrderRules rules, Actor actor, DateTime now)
    {
        TakeOff(Line(lineId), quantity, reason, actor, now);
        if (Status != OrderStatus.Cancelled)
        {
            ChangeDelivery(rules.DeliveryPrice(Receiving, Goods), actor, now);
        }
    }

    /// <summary>One more line, at today's price.</summary>
    /// <param name="variant">With its product.</param>
    /// <param name="lineId">Of the line; null for a new one.</param>
    public OrderLine AddLine(Variant variant, int quantity, OrderRules rules, Actor actor, DateTime now, Guid? lineId = null)
    {
        Require(Status is OrderStatus.Placed or OrderStatus.Confirmed or OrderStatus.Preparing && Lines.Count < MaxLines && quantity is > 0 and <= OrderLine.MaxQuantity);
        var line = Add(variant, quantity, actor, now, lineId);
        // Bringing it never costs more because more was bought.
        ChangeDelivery(Math.Min(DeliveryPrice, rules.DeliveryPrice(Receiving, Goods)), actor, now);
        return line;
    }

    /// <summary>It is brought to another address.</summary>
    public void CorrectAddress(IReadOnlyList<AddressLine> address, DateTime now)
    {
        Require(Receiving != Receiving.Collection && Status is OrderStatus.Placed or OrderStatus.Confirmed or OrderStatus.Preparing);
        (Address, UpdatedAt) = (address, now);
    }

    /// <summary>Less to pay: a discount while it is open, a credit note for a fault of ours at any time.</summary>
    /// <param name="amount">Minor units, positive.</param>
    /// <param name="limit">Of the person who grants it; counts everything that was ever granted on this order.</param>
    /// <exception cref="GrantLimitException">Together with earlier grants it is more than she may.</exception>
    public void Grant(LedgerKind kind, long amount, string reason, GrantLimit limit, Guid key, Actor actor, DateTime now)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount);
        Require(kind == LedgerKind.CreditNote ? Status != OrderStatus.Cancelled
            : kind == LedgerKind.Discount && Status is OrderStatus.Placed or OrderStatus.Confirmed or OrderStatus.Preparing);
        if (GrantLeft(kind, limit) is var left && amount > left)
        {
            throw new GrantLimitException(left);
        }

        Spread(amount);
        Enter(kind, -amount, actor, now, reason: reason, key: key);
    }

    /// <summary>More days to return.</summary>
    /// <inheritdoc cref="Grant" path="/exception"/>
    public void Extend(int days, string reason, GrantLimit limit, Guid key, Actor actor, DateTime now)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(days);
        Require(Status != OrderStatus.Cancelled && Lines.Any(l => l.ReturnDays > 0));
        if (GrantLeft(LedgerKind.Extension, limit) is var left && days > left)
        {
            throw new GrantLimitException(left);
        }

        ExtensionDays += days;
        Enter(LedgerKind.Extension, 0, actor, now, reason: reason, days: days, key: key);
    }

    /// <summary>What may still be granted, in minor units or, of an extension, in days: everything that was ever granted counts.</summary>
    public long GrantLeft(LedgerKind kind, GrantLimit limit)
    {
        if (kind == LedgerKind.Extension)
        {
            return Math.Max(0, limit.ExtensionDays - ExtensionDays);
        }

        var most = kind == LedgerKind.Discount ? Goods * limit.DiscountPercent / 100 : limit.Credit;
        return Math.Max(0, Math.Min(most + Ledger.Where(e => e.Kind == kind).Sum(e => e.Amount), Lines.Sum(l => l.Net)));
    }

    /// <summary>Where the customer pays.</summary>
    public void OfferPayment(string link, DateTime now)
    {
        Require(Status != OrderStatus.Cancelled && Balance > 0);
        (PaymentLink, UpdatedAt) = (link, now);
    }

    /// <summary>Money came in.</summary>
    /// <param name="amount">Minor units; not more than is owed.</param>
    public void Pay(long amount, string reference, Guid key, Actor actor, DateTime now)
    {
        Require(amount > 0 && amount <= Balance);
        Enter(LedgerKind.Payment, -amount, actor, now, reference: reference, key: key);
    }

    /// <summary>Money that was owed back has left.</summary>
    /// <param name="amount">Minor units; not more than is owed back.</param>
    public void Refund(long amount, string reference, Guid key, Actor actor, DateTime now)
    {
        Require(amount > 0 && amount <= -Balance);
        Enter(LedgerKind.Refund, amount, actor, now, reference: reference, key: key);
    }

    /// <summary>What is owed back becomes store credit, for another order.</summary>
    /// <inheritdoc cref="Refund" path="/param"/>
    public void RefundToCredit(long amount, Guid key, Actor actor, DateTime now)
    {
        Require(amount > 0 && amount <= -Balance);
        Enter(LedgerKind.RefundToCredit, amount, actor, now, key: key);
        CreditMoves.Add(amount);
    }

    /// <summary>The customer wants to send pieces back.</summary>
    /// <exception cref="OrderStateException">Not that many, or too late.</exception>
    public OrderReturn RequestReturn(Guid lineId, int quantity, ReturnKind kind, Guid? wantedVariantId, string reason, Guid key, DateTime now)
    {
        var line = Line(lineId);
        Require(quantity > 0 && quantity <= Returnable(line, now) && (kind == ReturnKind.Exchange) == wantedVariantId.HasValue);
        var asked = new OrderReturn
        {
            OrderId = Id,
            LineId = lineId,
            Quantity = quantity,
            Kind = kind,
            WantedVariantId = wantedVariantId,
            Reason = reason,
            SubmissionKey = key,
            RequestedAt = now,
        };
        Returns.Add(asked);
        UpdatedAt = now;
        return asked;
    }

    /// <summary>She keeps it after all.</summary>
    public void WithdrawReturn(Guid returnId, DateTime now) => Decide(Waiting(returnId), ReturnStatus.Withdrawn, "", now);

    /// <summary>The piece is not taken.</summary>
    public void RefuseReturn(Guid returnId, string note, DateTime now) => Decide(Waiting(returnId), ReturnStatus.Refused, note, now);

    /// <summary>The piece is here and taken. For an exchange the wanted one becomes a line, and the order is prepared again.</summary>
    /// <param name="restock">Whether it can be sold again.</param>
    /// <param name="wanted">The variant of an exchange, with its product; null gives the money back instead.</param>
    public OrderReturn ReceiveReturn(Guid returnId, bool restock, Variant? wanted, Actor actor, DateTime now)
    {
        var asked = Waiting(returnId);
        var line = Line(asked.LineId);
        Enter(LedgerKind.Return, -line.Return(asked.Quantity), actor, now, line.Id);
        if (restock)
        {
            StockMoves.Add((line.VariantId, asked.Quantity, StockReason.Returned));
        }

        asked.IsRestocked = restock;
        Decide(asked, ReturnStatus.Received, "", now);
        if (wanted is not null)
        {
            Require(Lines.Count < MaxLines);
            Add(wanted, asked.Quantity, actor, now);
            if (Status is OrderStatus.Delivered or OrderStatus.Ready or OrderStatus.Shipped)
            {
                (Status, EndedAt) = (OrderStatus.Preparing, null);
            }
        }

        return asked;
    }

    /// <summary>The customer asked to be forgotten. What was bought and paid stays, without who bought it.</summary>
    public void Anonymize()
    {
        Address = [];
        Invoice = [];
        Notes = "";
        foreach (var asked in Returns)
        {
            asked.Reason = "";
        }
    }

    private void TakeOff(OrderLine line, int quantity, string reason, Actor actor, DateTime now)
    {
        Require(CanCancel || (Status == OrderStatus.Preparing && actor.Kind == ActorKind.Staff));
        Enter(LedgerKind.Cancellation, -line.Cancel(quantity), actor, now, line.Id, reason);
        StockMoves.Add((line.VariantId, quantity, StockReason.Cancelled));
        if (Lines.All(l => l.Cancelled == l.Quantity))
        {
            ChangeDelivery(0, actor, now);
            (Status, EndedAt) = (OrderStatus.Cancelled, now);
        }
        else if (Status == OrderStatus.Preparing && Lines.All(l => l.ToDispatch == 0))
        {
            // What had left before was the rest of it.
            var isOver = Parcels.All(p => p.DeliveredAt is not null);
            (Status, EndedAt) = (isOver ? OrderStatus.Delivered : Receiving == Receiving.Collection ? OrderStatus.Ready : OrderStatus.Shipped, isOver ? now : null);
        }
    }

    // Each line takes its part of a grant; what rounding leaves goes to the first that has room.
    private void Spread(long amount)
    {
        var (sum, left) = (Lines.Sum(l => l.Net), amount);
        foreach (var (line, net) in Lines.Select(l => (l, l.Net)).ToList())
        {
            var part = (long)((Int128)amount * net / sum);
            line.Granted += part;
            left -= part;
        }

        foreach (var line in Lines)
        {
            var more = Math.Min(left, line.Net);
            line.Granted += more;
            left -= more;
        }
    }

    private void Decide(OrderReturn asked, ReturnStatus status, string note, DateTime now)
    {
        (asked.Status, asked.Note, asked.DecidedAt, UpdatedAt) = (status, note, now, now);
    }

    private void Turn(OrderStatus from, OrderStatus to, DateTime now)
    {
        Require(Status == from);
        (Status, UpdatedAt) = (to, now);
    }

    private OrderLine Line(Guid lineId) => Lines.FirstOrDefault(l => l.Id == lineId) ?? throw new OrderStateException();

    private static void Require(bool isPossible)
    {
        if (!isPossible)
        {
            throw new OrderStateException();
        }
    }
}
