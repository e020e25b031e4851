using System.CommandLine;
using Nvdimm.Cli.Help;

namespace Nvdimm.Cli.Tests;

public sealed class HelpTests
{
    private static readonly Command Root = ToolRun.Commands();

    private static string[] Paths => [.. Every(Root).Select(CommandTree.Path)];

    private static string[] Examples => [.. CommandHelps.All.SelectMany(help => help.Examples).Select(example => example.CommandLine)];

    [TestCaseSource(nameof(Paths))]
    public async Task Help_IsTheSameThreeWays_FitsAndHasExamplesAndStatuses(string path)
    {
        var names = path.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var run = await ToolRun.Of(["help", .. names]);
        run.AssertStatus(ExitStatus.Good);
        Assert.That((await ToolRun.Of([.. names, "--help"])).Output, Is.EqualTo(run.Output));
        Assert.That((await ToolRun.Of([.. names, "-h"])).Output, Is.EqualTo(run.Output));
        var command = CommandTree.Find(Root, names)!;
        Assert.That(run.Output.Split('\n').Where(line => line.Length > HelpText.Width && line.TrimStart().Contains(' ', StringComparison.Ordinal)), Is.Empty);
        Assert.That(run.Output, Does.StartWith(CommandTree.Purpose(command)).And.Contain("\nUsage:\n").And.Contain("Manual: man nvdimm"));
        Assert.That(run.Output, CommandTree.Shown(command).Any() ? Does.Contain("\nCommands:\n") : Does.Contain("\nExamples:\n").And.Contain("\nExit status:\n"));
        foreach (var option in CommandTree.Options(command))
        {
            Assert.That(run.Output, Does.Contain($"  {CommandTree.Term(option)}"));
        }
    }

    [Test]
    public void EveryCommand_HasItsExamples_AndNoOther() =>
        Assert.That(CommandHelps.All.Select(help => help.Path), Is.EquivalentTo(Every(Root).Where(command => !CommandTree.Shown(command).Any()).Select(CommandTree.Path)));

    [TestCaseSource(nameof(Examples))]
    public void Example_IsARightCommandLine(string example)
    {
        var words = example.Split(" >")[0].Split(' ')[1..];
        Assert.That(Root.Parse(words).Errors.Select(error => error.Message), Is.Empty);
        Assert.That(example, Does.StartWith("nvdimm ").And.Not.Contains("'"), "help breaks lines between words");
    }

    /// <summary>A default is said once, by the description, and is the last that it says.</summary>
    [TestCaseSource(nameof(Paths))]
    public void Descriptions_SayDefaultsOnce(string path)
    {
        foreach (var option in CommandTree.Find(Root, path.Split(' ', StringSplitOptions.RemoveEmptyEntries))!.Options)
        {
            Assert.That(option.Description!.Split("Default:"), Has.Length.LessThanOrEqualTo(2), option.Name);
            Assert.That(option.Description, Does.EndWith(".").And.Not.Contains("  "), option.Name);
            Assert.That(!option.HasDefaultValue || option.ValueType == typeof(bool) || option.Description.Contains("Default: ", StringComparison.Ordinal), Is.True, option.Name);
        }
    }

    [TestCase("")]
    [TestCase("layout")]
    [TestCase("engine")]
    [TestCase("host")]
    public async Task CommandThatNeedsAnother_ExplainsItself(string path)
    {
        var names = path.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var run = await ToolRun.Of(names);
        run.AssertStatus(ExitStatus.Good);
        Assert.That((run.Error, run.Output), Is.EqualTo(("", HelpText.Of(CommandTree.Find(Root, names)!))));
    }

    [TestCase("lst", "no command is named 'lst'. Did you mean list?")]
    [TestCase("lay", "no command is named 'lay'. Did you mean layout?")]
    [TestCase("help lst", "no command is named 'lst'. Did you mean list?")]
    [TestCase("frob", "no command is named 'frob'. See 'nvdimm help'.")]
    [TestCase("layout shwo", "no command of 'nvdimm layout' is named 'shwo'. Did you mean show?")]
    [TestCase("list --formt json", "'nvdimm list' has no option --formt. Did you mean --format?")]
    [TestCase("list --frobnicate", "'nvdimm list' has no option --frobnicate. See 'nvdimm help list'.")]
    [TestCase("--json list", "--json stands before its command: write it after 'nvdimm list'.")]
    [TestCase("list extra", "'nvdimm list' takes no argument 'extra'. See 'nvdimm help list'.")]
    [TestCase("check start stop --vm v", "'nvdimm check' takes no further argument 'stop'. See 'nvdimm help check'.")]
    [TestCase("size --arch x86_64 --device-size 1GiB --strategy larges", "'larges' is no strategy. Did you mean largest? There are ovirt, largest. See 'nvdimm help size'.")]
    [TestCase("check atach --vm v", "'atach' is no operation. Did you mean attach? There are")]
    [TestCase("completion bahs", "'bahs' is no shell. Did you mean bash? There are bash, zsh, fish.")]
    public async Task Typo_IsAnsweredWithWhatWasMeant(string arguments, string reason)
    {
        var run = await ToolRun.Of(arguments.Split(' '));
        run.AssertStatus(ExitStatus.Usage);
        Assert.That((run.Output, run.Error), Is.EqualTo(("", run.Error)));
        Assert.That(run.Error, Does.StartWith($"nvdimm: {reason}").And.EndWith("\n"));
    }

    [TestCase("lst", new[] { "list" })]
    [TestCase("LIST", new[] { "list" })]
    [TestCase("sizes", new[] { "size" })]
    [TestCase("pl", new[] { "plan", "plant" })]
    [TestCase("lsit", new[] { "list" })]
    [TestCase("x", new string[0])]
    [TestCase("", new string[0])]
    [TestCase("plam", new[] { "plan" })]
    public void Nearest_IsWithinALetterInThree(string word, string[] expected) =>
        Assert.That(Nearest.Of(word, ["list", "size", "plan", "plant"]), Is.EqualTo(expected));

    private static IEnumerable<Command> Every(Command command) => CommandTree.Shown(command).SelectMany(Every).Prepend(command);
}
