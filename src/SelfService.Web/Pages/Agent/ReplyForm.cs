using Microsoft.AspNetCore.Mvc.ModelBinding;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Promises;

namespace SelfService.Web.Pages.Agent;

/// <summary>An answer as an agent writes it: the text, and what happens next. There is no way to send one without.</summary>
public sealed class ReplyForm
{
    /// <summary>What the order owes next stays what happens next.</summary>
    public const string Record = "pedido";

    public const string Wait = "esperar";
    public const string Promise = "prometer";
    public const string Solve = "resolver";

    /// <summary>Sent twice, one message.</summary>
    public Guid Key { get; set; }

    public string? Body { get; set; }

    /// <summary>What happens next: one of those above.</summary>
    public string? Next { get; set; }

    public string? WaitDate { get; set; }

    public string? WaitTime { get; set; }

    public string? PromiseText { get; set; }

    public string? PromiseDate { get; set; }

    public string? PromiseTime { get; set; }

    public List<IFormFile> Files { get; set; } = [];

    /// <summary>Files of an earlier attempt that she takes off again.</summary>
    public List<Guid> Remove { get; set; } = [];

    /// <summary>Whether she has been told that her words say another date than the fields.</summary>
    public bool IsAgreed { get; set; }

    /// <summary>Words to find an article by, to be put into the text.</summary>
    public string? ArticleQuery { get; set; }

    /// <summary>Articles that were found.</summary>
    [BindNever]
    public IReadOnlyList<DeskArticle>? Found { get; set; }

    /// <summary>The text as it will be read, where she asked to see it.</summary>
    [BindNever]
    public string? Preview { get; set; }

    /// <summary>A form with the dates that the policy offers; where an order goes on, that it does.</summary>
    public static ReplyForm Of(TicketDetail detail, PromiseDates dates, string body = "")
    {
        var ticket = detail.Ticket;
        var (wait, promise) = (dates.OfferCustomers(ticket), dates.OfferOurs(ticket));
        return new ReplyForm
        {
            Key = Guid.NewGuid(),
            Body = body,
            Next = GoesOn(detail) ? Record : null,
            WaitDate = wait.Date,
            WaitTime = wait.Time,
            PromiseDate = promise.Date,
            PromiseTime = promise.Time,
        };
    }

    /// <summary>Whether its order owes something at a date that is ahead.</summary>
    public static bool GoesOn(TicketDetail detail) => detail.RecordNext?.DueAt > detail.Now;

    /// <summary>Cleans the text and says what is wrong with it.</summary>
    public void CheckBody(ModelStateDictionary state, Func<string, object[], string> say)
    {
        Body = PlainText.Body(Body);
        if (Body.Length == 0)
        {
            state.AddModelError(nameof(Body), "Desk.BodyRequired");
        }
        else if (Body.Length > Message.BodyMaxLength)
        {
            state.AddModelError(nameof(Body), say("Desk.BodyTooLong", [Message.BodyMaxLength]));
        }
        else if (CannedReply.Unfilled(Body) is { } part)
        {
            state.AddModelError(nameof(Body), say("Desk.BodyUnfilled", [part]));
        }
    }

    /// <summary>
    /// Compares what is written with what is chosen: where nothing is chosen yet, the promise in the text is; where it is sooner than what
    /// the portal would show the customer, she is told once.
    /// </summary>
    public void Compare(IReadOnlyList<ReadPromise> read, Commitment? next, PromiseDates dates, ModelStateDictionary state, Func<ReadPromise, string> say)
    {
        if (read.MinBy(p => p.DueAt) is not { } promise || IsAgreed)
        {
            return;
        }

        if (string.IsNullOrEmpty(Next))
        {
            (Next, PromiseText) = (Promise, promise.Text);
            (PromiseDate, PromiseTime) = dates.Typed(promise.DueAt);
            state.Remove(nameof(Next));
            state.AddModelError(nameof(Next), say(promise));
            state.Remove(nameof(PromiseText));
        }
        else if (state.IsValid && (next is null || next.DueAt > promise.DueAt))
        {
            IsAgreed = true;
            state.AddModelError(nameof(Next), say(promise));
        }
    }

    /// <summary>What happens next; null when this solves it. What is missing is said in the state.</summary>
    public Commitment? ReadNext(TicketDetail detail, PromiseDates dates, ModelStateDictionary state)
    {
        switch (Next)
        {
            case Record when detail.RecordNext is { } next:
                if (!GoesOn(detail))
                {
                    state.AddModelError(nameof(Next), "Desk.NextRecordLate");
                }

                return next;
            case Solve when detail.RecordNext is not null:
                state.AddModelError(nameof(Next), "Desk.NextRecordOpen");
                return null;
            case Wait:
                return new Commitment(NextStep.CustomerAnswer, "", dates.Read(new TypedMoment(WaitDate, WaitTime), nameof(WaitDate), state));
            case Promise:
                return PromiseForm.Read(PromiseText, new TypedMoment(PromiseDate, PromiseTime), dates, state);
            case Solve:
                return null;
            default:
                state.AddModelError(nameof(Next), "Desk.NextRequired");
                return null;
        }
    }
}

/// <summary>A promise as an agent writes it.</summary>
public static class PromiseForm
{
    /// <summary>The commitment; what is missing is said in the state, under <c>PromiseText</c> and <c>PromiseDate</c>.</summary>
    public static Commitment Read(string? text, TypedMoment typed, PromiseDates dates, ModelStateDictionary state)
    {
        var line = PlainText.Line(text);
        if (line.Length is 0 or > Commitment.TextMaxLength)
        {
            state.AddModelError(nameof(ReplyForm.PromiseText), line.Length == 0 ? "Desk.PromiseRequired" : "Desk.PromiseTooLong");
        }

        var at = dates.Read(typed, nameof(ReplyForm.PromiseDate), state);
        return new Commitment(NextStep.Promise, line, at);
    }
}
