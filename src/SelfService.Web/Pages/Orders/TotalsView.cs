using SelfService.Core.Orders;

namespace SelfService.Web.Pages.Orders;

/// <summary>What the sums of an order need to be shown.</summary>
/// <param name="Credit">Store credit that pays, in minor units.</param>
public sealed record TotalsView(OrderSums Sums, Receiving Receiving, long Credit = 0);
