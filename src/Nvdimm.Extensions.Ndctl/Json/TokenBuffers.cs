using System.Buffers;
using Newtonsoft.Json;

namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>Buffers for <c>JsonTextReader</c>, which grow with the longest token. A token above the limit is refused.</summary>
internal sealed class TokenBuffers(int maximumCharacters) : IArrayPool<char>
{
    private const int UsualCharacters = 8 << 10;

    public char[] Rent(int minimumLength) => minimumLength <= maximumCharacters
        ? ArrayPool<char>.Shared.Rent(Math.Max(minimumLength, UsualCharacters))
        : throw new TokenTooLongException();

    public void Return(char[]? array)
    {
        if (array is not null)
        {
            ArrayPool<char>.Shared.Return(array);
        }
    }
}

/// <summary>A token is longer than the largest buffer. The parser converts this exception to a finding.</summary>
internal sealed class TokenTooLongException : Exception;
