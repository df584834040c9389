using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Orders;
using SelfService.Core.Requests;
using SelfService.Web.Components;

namespace SelfService.Web.Pages.Agent.Orders;

/// <summary>Orders as CSV, written row by row as they are read. Amounts are plain numbers with a point, moments are UTC.</summary>
public sealed class OrdersFile(DeskOrderWords words)
{
    /// <summary>Most rows of one file; more is for the database's own tools.</summary>
    public const int MaxRows = 100_000;

    /// <summary>Names of the two tables in the form.</summary>
    public const string OrdersTable = "pedidos";
    public const string LinesTable = "renglones";

    /// <summary>A row for each order.</summary>
    public IActionResult Orders(IQueryable<Order> orders, DateTime now) => new CsvResult(
        Name(OrdersTable, now),
        ["number", "placed_utc", "status", "next_step", "due_utc", "what", "name", "email", "phone", "receiving", "branch", "address", "payment", "currency", "total", "paid", "balance"],
        orders.Take(MaxRows).Select(o => new { Order = o, o.Ticket.Subject, o.Ticket.ContactName, o.Ticket.ContactEmail, o.Ticket.ContactPhone }).AsAsyncEnumerable().Select(row => new[]
        {
            row.Order.Number, Moment(row.Order.PlacedAt), row.Order.Status.ToString(), row.Order.Stage?.ToString() ?? "", row.Order.StageDueAt is { } due ? Moment(due) : "",
            row.Subject, row.ContactName, row.ContactEmail ?? "", row.ContactPhone ?? "", row.Order.Receiving.ToString(), row.Order.BranchKey,
            AddressParts.Join(part => row.Order.Address.FirstOrDefault(line => line.Name == part)?.Text ?? ""), row.Order.PaymentName, row.Order.Currency,
            Amount(row.Order.Total), Amount(row.Order.Paid), Amount(row.Order.Balance),
        }));

    /// <summary>A row for each line of each order.</summary>
    public IActionResult Lines(IQueryable<Order> orders, DateTime now) => new CsvResult(
        Name(LinesTable, now),
        ["number", "placed_utc", "status", "line", "sku", "title", "options", "currency", "unit_price", "quantity", "cancelled", "dispatched", "delivered", "returned", "granted", "net"],
        orders.SelectMany(o => o.Lines, (o, line) => new { o.Number, o.PlacedAt, o.Status, o.Currency, Line = line }).Take(MaxRows).AsNoTracking().AsAsyncEnumerable().Select(row => new[]
        {
            row.Number, Moment(row.PlacedAt), row.Status.ToString(), Count(row.Line.Position), row.Line.Sku, row.Line.Title, row.Line.Options, row.Currency, Amount(row.Line.UnitPrice),
            Count(row.Line.Quantity), Count(row.Line.Cancelled), Count(row.Line.Dispatched), Count(row.Line.Delivered), Count(row.Line.Returned), Amount(row.Line.Granted), Amount(row.Line.Net),
        }));

    private static string Name(string table, DateTime now) => $"{table}-{now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.csv";

    private static string Moment(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string Amount(long minorUnits) => words.Figures.Major(minorUnits).ToString("0.######", CultureInfo.InvariantCulture);
}
