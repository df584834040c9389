using Microsoft.EntityFrameworkCore;
using SelfService.Core.Company;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets.SideQuestions;

/// <summary>Asks an expert, takes her answer, and takes questions back.</summary>
public sealed class AskAside(PortalDbContext db, CompanyProfile company, TimeProvider clock)
{
    /// <summary>Asks, once for each key. What the customer was told does not change.</summary>
    /// <param name="question">With messages of the ticket only; others are not shared.</param>
    public Task<StepResult> AskAsync(SideQuestion question, CancellationToken cancel) => db.ChangeTicketAsync(
        question.TicketId,
        async ticket =>
        {
            if (await db.SideQuestions.AnyAsync(q => q.SubmissionKey == question.SubmissionKey, cancel))
            {
                return StepResult.DoneBefore;
            }

            var now = clock.GetUtcNow().UtcDateTime;
            ticket.AsideHappened(TicketEventKind.SideAsked, Actor.Staff(question.AskerId), question.ExpertName, now);
            db.SideQuestions.Add(question);
            db.Jobs.Add(new MailRequest(MailKind.SideQuestion, company.Languages[0]) { SideQuestionId = question.Id, To = question.ExpertEmail }.ToJob(now));
            return StepResult.Done;
        },
        cancel);

    /// <summary>Takes the answer: it stands in the ticket as a note, and who asked is told. Answered again, the later answer is added.</summary>
    /// <param name="key">Of the form: sent twice, one answer.</param>
    public async Task<StepResult> AnswerAsync(Guid questionId, Guid key, string answer, CancellationToken cancel)
    {
        var ticketId = await db.SideQuestions.Where(q => q.Id == questionId).Select(q => q.TicketId).SingleAsync(cancel);
        return await db.ChangeTicketAsync(
            ticketId,
            async ticket =>
            {
                var question = await db.SideQuestions.SingleAsync(q => q.Id == questionId, cancel);
                if (await db.Messages.AnyAsync(m => m.SubmissionKey == key, cancel))
                {
                    return StepResult.DoneBefore;
                }

                var now = clock.GetUtcNow().UtcDateTime;
                if (question.State == SideQuestionState.Withdrawn)
                {
                    return StepResult.NotPossible;
                }

                (question.State, question.Answer, question.AnsweredAt) = (SideQuestionState.Answered, answer, now);
                ticket.AsideAnswered(
                    new Message
                    {
                        TicketId = ticket.Id,
                        Author = question.ExpertId is null ? ActorKind.System : ActorKind.Staff,
                        AuthorId = question.ExpertId,
                        AuthorName = question.ExpertName,
                        Body = answer,
                        IsNote = true,
                        WrittenAt = now,
                        SubmissionKey = key,
                    },
                    question.ExpertId is { } expert ? Actor.Staff(expert) : Actor.System, question.ExpertName, now);
                db.NotifyDesk(ticket, question.AskerId, company, now);
                return StepResult.Done;
            },
            cancel);
    }

    /// <summary>Takes a question back: its link opens nothing any more.</summary>
    public async Task WithdrawAsync(Guid questionId, Guid agentId, CancellationToken cancel)
    {
        var ticketId = await db.SideQuestions.Where(q => q.Id == questionId).Select(q => q.TicketId).SingleAsync(cancel);
        await db.ChangeTicketAsync(
            ticketId,
            async ticket =>
            {
                var question = await db.SideQuestions.SingleAsync(q => q.Id == questionId, cancel);
                if (question.State == SideQuestionState.Asked)
                {
                    (question.State, question.KeyHash) = (SideQuestionState.Withdrawn, null);
                    ticket.AsideHappened(TicketEventKind.SideWithdrawn, Actor.Staff(agentId), question.ExpertName, clock.GetUtcNow().UtcDateTime);
                }

                return true;
            },
            cancel);
    }

    /// <summary>Reminds experts, once, of questions whose date has passed.</summary>
    /// <returns>Number of questions.</returns>
    public async Task<int> RemindAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        try
        {
            return await db.InTransactionAsync(
                async () =>
                {
                    var late = await db.SideQuestions.Where(q => q.State == SideQuestionState.Asked && q.DueAt <= now && q.RemindedAt == null).OrderBy(q => q.DueAt).Take(100).ToListAsync(cancel);
                    foreach (var question in late)
                    {
                        question.RemindedAt = now;
                        db.Jobs.Add(new MailRequest(MailKind.SideQuestion, company.Languages[0]) { SideQuestionId = question.Id, To = question.ExpertEmail }.ToJob(now));
                    }

                    return late.Count;
                },
                cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another node was quicker, or she has just answered.
            return 0;
        }
    }
}
