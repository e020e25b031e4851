using System.CommandLine;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NSubstitute;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Tests;

/// <summary>One run of the tool in this process.</summary>
internal sealed record ToolRun(int Status, string Output, string Error)
{
    public JObject Json
    {
        get
        {
            using var reader = new JsonTextReader(new StringReader(Output)) { DateParseHandling = DateParseHandling.None };
            return JObject.Load(reader);
        }
    }

    /// <summary>The commands of the tool.</summary>
    public static Command Commands() => new NvdimmTool(new ToolEnvironment(Stream.Null, TextWriter.Null, TextWriter.Null, () => Substitute.For<INdctlRunner>())).Root;

    public static string Modes { get; } = TestFiles.PathOf("ndctl", "main-02-all-modes", "list-N-v.json");

    public static Task<ToolRun> Of(params string[] arguments) => With("", Substitute.For<INdctlRunner>(), arguments);

    public static Task<ToolRun> With(string input, params string[] arguments) => With(input, Substitute.For<INdctlRunner>(), arguments);

    public static Task<ToolRun> With(INdctlRunner runner, params string[] arguments) => With("", runner, arguments);

    /// <summary>A run for a person with a terminal of a width.</summary>
    public static Task<ToolRun> InTerminal(int columns, params string[] arguments) => InTerminal(columns, Substitute.For<INdctlRunner>(), "/", arguments);

    /// <summary>The same on a host.</summary>
    public static async Task<ToolRun> InTerminal(int columns, INdctlRunner runner, string root, string[] arguments)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        var environment = new ToolEnvironment(Stream.Null, output, error, () => runner)
        {
            Root = root,
            IsOutputTerminal = true,
            IsErrorTerminal = true,
            TerminalWidth = () => columns,
            Architecture = GuestArchitecture.X86_64,
        };
        return new ToolRun(await new NvdimmTool(environment).RunAsync(arguments), PseudoTerminal.Shown(output.ToString()), PseudoTerminal.Shown(error.ToString()));
    }

    public static async Task<ToolRun> With(string input, INdctlRunner runner, string[] arguments, bool isTerminal = false, string root = "/", CancellationToken cancellationToken = default)
    {
        using var standardInput = new MemoryStream(Encoding.UTF8.GetBytes(input));
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        var environment = new ToolEnvironment(standardInput, output, error, () => runner) { IsErrorTerminal = isTerminal, Root = root };
        var status = await new NvdimmTool(environment).RunAsync(arguments, cancellationToken);
        return new ToolRun(status, output.ToString(), error.ToString());
    }

    public void AssertStatus(int expected) => Assert.That(Status, Is.EqualTo(expected), $"{Output}\n{Error}");

    public void AssertGolden(string name) => Golden.AssertMatches(TestFiles.PathOf("cli", name), Output);

    public static string[] Codes(JToken? violations) => [.. violations!.Select(finding => (string)finding["code"]!)];
}
