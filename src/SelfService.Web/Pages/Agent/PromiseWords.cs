using Microsoft.Extensions.Localization;
using SelfService.Core.Tickets.Promises;
using SelfService.Web.Components;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Agent;

/// <summary>Promises that were found in what an agent writes, and what became of promises, in words.</summary>
public sealed class PromiseWords(SpokenMoment spoken, IStringLocalizer<Texts> texts)
{
    /// <summary>What was read, for who wrote it.</summary>
    public string Told(ReadPromise promise) => texts[promise.IsClosed ? "Promise.ToldClosed" : "Promise.Told", promise.Phrase, spoken.Moment(promise.DueAt)];

    /// <summary>What became of a promise: never by colour alone.</summary>
    public DeskSign Outcome(PromiseOutcome outcome) => new(
        texts["Promise." + outcome],
        outcome switch { PromiseOutcome.Kept => "check-circle", PromiseOutcome.Broken => "alert", PromiseOutcome.Moved => "calendar", _ => "minus" },
        outcome switch { PromiseOutcome.Kept => "status-done", PromiseOutcome.Broken => "status-late", _ => "status-closed" });
}
