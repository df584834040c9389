using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SelfService.Core.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Desk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "AskedToRateAt",
                table: "Tickets",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "EscalateNextAt",
                table: "Tickets",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "EscalationLevel",
                table: "Tickets",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "FirstResponseBy",
                table: "Tickets",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "MergedIntoId",
                table: "Tickets",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "PausedSince",
                table: "Tickets",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "PromisedAt",
                table: "Tickets",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "PromisedById",
                table: "Tickets",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "SlaVersion",
                table: "Tickets",
                type: "integer",
                nullable: false,
                defaultValue: -1);

            migrationBuilder.AddColumn<DateTime>(
                name: "SolutionBy",
                table: "Tickets",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TagText",
                table: "Tickets",
                type: "character varying(821)",
                maxLength: 821,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTime>(
                name: "WarnAt",
                table: "Tickets",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "WarnedAt",
                table: "Tickets",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "RuleDepth",
                table: "TicketEvents",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "RuleRootId",
                table: "TicketEvents",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "RulesRunAt",
                table: "TicketEvents",
                type: "timestamp with time zone",
                nullable: true);

            // What happened before there were rules is none of their business.
            migrationBuilder.Sql("""UPDATE "TicketEvents" SET "RulesRunAt" = "At" """);

            migrationBuilder.CreateTable(
                name: "Promises",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TicketId = table.Column<Guid>(type: "uuid", nullable: false),
                    AgentId = table.Column<Guid>(type: "uuid", nullable: true),
                    Queue = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    Text = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    MadeAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    DueAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Outcome = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    SettledAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Promises", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Promises_Tickets_TicketId",
                        column: x => x.TicketId,
                        principalTable: "Tickets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "RuleRuns",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    RuleId = table.Column<Guid>(type: "uuid", nullable: false),
                    RuleName = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    TicketId = table.Column<Guid>(type: "uuid", nullable: false),
                    EventId = table.Column<Guid>(type: "uuid", nullable: false),
                    RootId = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Result = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Detail = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RuleRuns", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RuleRuns_Tickets_TicketId",
                        column: x => x.TicketId,
                        principalTable: "Tickets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Rules",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    Position = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Events = table.Column<string>(type: "text", nullable: false),
                    Conditions = table.Column<string>(type: "text", nullable: false),
                    Actions = table.Column<string>(type: "text", nullable: false),
                    ChangedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Rules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SideQuestions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TicketId = table.Column<Guid>(type: "uuid", nullable: false),
                    AskerId = table.Column<Guid>(type: "uuid", nullable: false),
                    AskerName = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    ExpertId = table.Column<Guid>(type: "uuid", nullable: true),
                    ExpertName = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    ExpertEmail = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    Question = table.Column<string>(type: "character varying(5000)", maxLength: 5000, nullable: false),
                    Shared = table.Column<string>(type: "text", nullable: false),
                    AskedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    DueAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Answer = table.Column<string>(type: "character varying(5000)", maxLength: 5000, nullable: false),
                    AnsweredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    RemindedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    KeyHash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: true),
                    SubmissionKey = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SideQuestions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SideQuestions_Tickets_TicketId",
                        column: x => x.TicketId,
                        principalTable: "Tickets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "TicketLinks",
                columns: table => new
                {
                    LowId = table.Column<Guid>(type: "uuid", nullable: false),
                    HighId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TicketLinks", x => new { x.LowId, x.HighId });
                    table.ForeignKey(
                        name: "FK_TicketLinks_Tickets_HighId",
                        column: x => x.HighId,
                        principalTable: "Tickets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_TicketLinks_Tickets_LowId",
                        column: x => x.LowId,
                        principalTable: "Tickets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "TicketPauses",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TicketId = table.Column<Guid>(type: "uuid", nullable: false),
                    From = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    To = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TicketPauses", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TicketPauses_Tickets_TicketId",
                        column: x => x.TicketId,
                        principalTable: "Tickets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_AskedToRateAt",
                table: "Tickets",
                column: "AskedToRateAt");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_EscalateNextAt",
                table: "Tickets",
                column: "EscalateNextAt");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_MergedIntoId",
                table: "Tickets",
                column: "MergedIntoId");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_SlaVersion_Version",
                table: "Tickets",
                columns: new[] { "SlaVersion", "Version" });

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_WarnAt",
                table: "Tickets",
                column: "WarnAt");

            migrationBuilder.CreateIndex(
                name: "IX_TicketEvents_At",
                table: "TicketEvents",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_TicketEvents_RulesRunAt",
                table: "TicketEvents",
                column: "RulesRunAt");

            migrationBuilder.CreateIndex(
                name: "IX_Promises_SettledAt",
                table: "Promises",
                column: "SettledAt");

            migrationBuilder.CreateIndex(
                name: "IX_Promises_TicketId",
                table: "Promises",
                column: "TicketId");

            migrationBuilder.CreateIndex(
                name: "IX_RuleRuns_At",
                table: "RuleRuns",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_RuleRuns_RootId",
                table: "RuleRuns",
                column: "RootId");

            migrationBuilder.CreateIndex(
                name: "IX_RuleRuns_RuleId_EventId",
                table: "RuleRuns",
                columns: new[] { "RuleId", "EventId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_RuleRuns_TicketId",
                table: "RuleRuns",
                column: "TicketId");

            migrationBuilder.CreateIndex(
                name: "IX_Rules_Position",
                table: "Rules",
                column: "Position");

            migrationBuilder.CreateIndex(
                name: "IX_SideQuestions_AskerId",
                table: "SideQuestions",
                column: "AskerId");

            migrationBuilder.CreateIndex(
                name: "IX_SideQuestions_ExpertId",
                table: "SideQuestions",
                column: "ExpertId");

            migrationBuilder.CreateIndex(
                name: "IX_SideQuestions_KeyHash",
                table: "SideQuestions",
                column: "KeyHash");

            migrationBuilder.CreateIndex(
                name: "IX_SideQuestions_State_DueAt",
                table: "SideQuestions",
                columns: new[] { "State", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_SideQuestions_SubmissionKey",
                table: "SideQuestions",
                column: "SubmissionKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SideQuestions_TicketId",
                table: "SideQuestions",
                column: "TicketId");

            migrationBuilder.CreateIndex(
                name: "IX_TicketLinks_HighId",
                table: "TicketLinks",
                column: "HighId");

            migrationBuilder.CreateIndex(
                name: "IX_TicketPauses_TicketId",
                table: "TicketPauses",
                column: "TicketId");

            migrationBuilder.AddForeignKey(
                name: "FK_Tickets_Tickets_MergedIntoId",
                table: "Tickets",
                column: "MergedIntoId",
                principalTable: "Tickets",
                principalColumn: "Id",
                onDelete: ReferentialAction.SetNull);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Tickets_Tickets_MergedIntoId",
                table: "Tickets");

            migrationBuilder.DropTable(
                name: "Promises");

            migrationBuilder.DropTable(
                name: "RuleRuns");

            migrationBuilder.DropTable(
                name: "Rules");

            migrationBuilder.DropTable(
                name: "SideQuestions");

            migrationBuilder.DropTable(
                name: "TicketLinks");

            migrationBuilder.DropTable(
                name: "TicketPauses");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_AskedToRateAt",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_EscalateNextAt",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_MergedIntoId",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_SlaVersion_Version",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_WarnAt",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_TicketEvents_At",
                table: "TicketEvents");

            migrationBuilder.DropIndex(
                name: "IX_TicketEvents_RulesRunAt",
                table: "TicketEvents");

            migrationBuilder.DropColumn(
                name: "AskedToRateAt",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "EscalateNextAt",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "EscalationLevel",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "FirstResponseBy",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "MergedIntoId",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "PausedSince",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "PromisedAt",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "PromisedById",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "SlaVersion",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "SolutionBy",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "TagText",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "WarnAt",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "WarnedAt",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "RuleDepth",
                table: "TicketEvents");

            migrationBuilder.DropColumn(
                name: "RuleRootId",
                table: "TicketEvents");

            migrationBuilder.DropColumn(
                name: "RulesRunAt",
                table: "TicketEvents");
        }
    }
}
