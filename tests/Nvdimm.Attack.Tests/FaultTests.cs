using System.Globalization;
using Nvdimm.Attack.Tests.Commands;
using Nvdimm.Attack.Tests.Faults;
using Nvdimm.Hook.Tests;

namespace Nvdimm.Attack.Tests;

/// <summary>
/// Every system call of hook and tool fails once, or the process is killed there: nothing is torn, nothing is allowed that must be refused, what is said
/// is true, and the next run comes to the usual end. NVDIMM_FAULTS bounds the faults of each command.
/// </summary>
[Category("faults")]
public sealed class FaultTests
{
    private static readonly int Most = int.Parse(Environment.GetEnvironmentVariable("NVDIMM_FAULTS") ?? $"{int.MaxValue}", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Points => HookCommands.All.Keys;

    private static IEnumerable<string> Tools => ToolCommands.All.Keys;

    [OneTimeSetUp]
    public static void Require()
    {
        RealProgram.Require("strace", "strace");
        RealProgram.Require("unshare", "util-linux");
    }

    [TestCaseSource(nameof(Points))]
    public void Hook_WithEveryFault_Holds(string name)
    {
        using var host = new HookHost();
        Attack(HookCommands.All[name](host));
    }

    [TestCaseSource(nameof(Tools))]
    public void Tool_WithEveryFault_Holds(string name)
    {
        using var host = new ToolHost();
        Attack(ToolCommands.All[name](host));
    }

    private static void Attack(AttackedCommand attacked)
    {
        using var files = attacked.Files;
        var sweep = FaultSweep.Of(attacked, Most);
        AttackCounts.Add(
            ("faults", sweep.Faults),
            ("kills", sweep.Kills),
            ("torn", sweep.TornParts.Count),
            ("allowed", sweep.Allowed.Count),
            ("untrue", sweep.Untrue.Count),
            ("left-over", sweep.LeftOver.Count));
        Assert.That(sweep.Faults, Is.Positive);
        Assert.That(sweep.Kills, Is.Positive);
        Assert.That(sweep.Won, Is.Empty);
    }
}
