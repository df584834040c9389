using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SelfService.Core.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class DeflectionReports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Experiment",
                table: "VisitSteps",
                type: "character varying(60)",
                maxLength: 60,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Query",
                table: "VisitSteps",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<double>(
                name: "Usefulness",
                table: "Articles",
                type: "double precision",
                nullable: false,
                defaultValue: 0.0);

            migrationBuilder.AddColumn<int>(
                name: "Counted",
                table: "ArticleDays",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "FromSearch",
                table: "ArticleDays",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Machines",
                table: "ArticleDays",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "ExperimentDays",
                columns: table => new
                {
                    Day = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    WindowHours = table.Column<int>(type: "integer", nullable: false),
                    Experiment = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    IsHeld = table.Column<bool>(type: "boolean", nullable: false),
                    Visitors = table.Column<int>(type: "integer", nullable: false),
                    Counted = table.Column<int>(type: "integer", nullable: false),
                    Contact = table.Column<int>(type: "integer", nullable: false),
                    ContactSquared = table.Column<int>(type: "integer", nullable: false),
                    CountedSquared = table.Column<int>(type: "integer", nullable: false),
                    Products = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ExperimentDays", x => new { x.Day, x.WindowHours, x.Experiment, x.IsHeld });
                });

            migrationBuilder.CreateTable(
                name: "FormDays",
                columns: table => new
                {
                    Day = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    WindowHours = table.Column<int>(type: "integer", nullable: false),
                    Form = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    Opened = table.Column<int>(type: "integer", nullable: false),
                    Sent = table.Column<int>(type: "integer", nullable: false),
                    Offered = table.Column<int>(type: "integer", nullable: false),
                    Taken = table.Column<int>(type: "integer", nullable: false),
                    Solved = table.Column<int>(type: "integer", nullable: false),
                    Visitors = table.Column<int>(type: "integer", nullable: false),
                    Counted = table.Column<int>(type: "integer", nullable: false),
                    Contact = table.Column<int>(type: "integer", nullable: false),
                    ContactSquared = table.Column<int>(type: "integer", nullable: false),
                    CountedSquared = table.Column<int>(type: "integer", nullable: false),
                    Products = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FormDays", x => new { x.Day, x.WindowHours, x.Form });
                });

            migrationBuilder.CreateTable(
                name: "FoundDays",
                columns: table => new
                {
                    Day = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    WindowHours = table.Column<int>(type: "integer", nullable: false),
                    Term = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Slug = table.Column<string>(type: "character varying(160)", maxLength: 160, nullable: false),
                    Example = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Visitors = table.Column<int>(type: "integer", nullable: false),
                    Counted = table.Column<int>(type: "integer", nullable: false),
                    Contact = table.Column<int>(type: "integer", nullable: false),
                    ContactSquared = table.Column<int>(type: "integer", nullable: false),
                    CountedSquared = table.Column<int>(type: "integer", nullable: false),
                    Products = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FoundDays", x => new { x.Day, x.WindowHours, x.Term, x.Slug });
                });

            migrationBuilder.CreateTable(
                name: "SearchDays",
                columns: table => new
                {
                    Day = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    WindowHours = table.Column<int>(type: "integer", nullable: false),
                    Term = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Example = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Searches = table.Column<int>(type: "integer", nullable: false),
                    InVain = table.Column<int>(type: "integer", nullable: false),
                    NoClick = table.Column<int>(type: "integer", nullable: false),
                    Reformulated = table.Column<int>(type: "integer", nullable: false),
                    Visitors = table.Column<int>(type: "integer", nullable: false),
                    Counted = table.Column<int>(type: "integer", nullable: false),
                    Contact = table.Column<int>(type: "integer", nullable: false),
                    ContactSquared = table.Column<int>(type: "integer", nullable: false),
                    CountedSquared = table.Column<int>(type: "integer", nullable: false),
                    Products = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SearchDays", x => new { x.Day, x.WindowHours, x.Term });
                });

            migrationBuilder.CreateTable(
                name: "VisitDays",
                columns: table => new
                {
                    Day = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    WindowHours = table.Column<int>(type: "integer", nullable: false),
                    Visits = table.Column<int>(type: "integer", nullable: false),
                    WithIntent = table.Column<int>(type: "integer", nullable: false),
                    Unlinked = table.Column<int>(type: "integer", nullable: false),
                    Machines = table.Column<int>(type: "integer", nullable: false),
                    Visitors = table.Column<int>(type: "integer", nullable: false),
                    Counted = table.Column<int>(type: "integer", nullable: false),
                    Contact = table.Column<int>(type: "integer", nullable: false),
                    ContactSquared = table.Column<int>(type: "integer", nullable: false),
                    CountedSquared = table.Column<int>(type: "integer", nullable: false),
                    Products = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VisitDays", x => new { x.Day, x.WindowHours });
                });

            migrationBuilder.CreateIndex(
                name: "IX_VisitSteps_Experiment_VisitorId",
                table: "VisitSteps",
                columns: new[] { "Experiment", "VisitorId" },
                filter: "\"Experiment\" <> ''");

            migrationBuilder.CreateIndex(
                name: "IX_SearchDays_Term_Day",
                table: "SearchDays",
                columns: new[] { "Term", "Day" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ExperimentDays");

            migrationBuilder.DropTable(
                name: "FormDays");

            migrationBuilder.DropTable(
                name: "FoundDays");

            migrationBuilder.DropTable(
                name: "SearchDays");

            migrationBuilder.DropTable(
                name: "VisitDays");

            migrationBuilder.DropIndex(
                name: "IX_VisitSteps_Experiment_VisitorId",
                table: "VisitSteps");

            migrationBuilder.DropColumn(
                name: "Experiment",
                table: "VisitSteps");

            migrationBuilder.DropColumn(
                name: "Query",
                table: "VisitSteps");

            migrationBuilder.DropColumn(
                name: "Usefulness",
                table: "Articles");

            migrationBuilder.DropColumn(
                name: "Counted",
                table: "ArticleDays");

            migrationBuilder.DropColumn(
                name: "FromSearch",
                table: "ArticleDays");

            migrationBuilder.DropColumn(
                name: "Machines",
                table: "ArticleDays");
        }
    }
}
