"""All benchmarks that give figures, written into README.md: python -m benchmarks"""

from benchmarks import building, explorer, growth, pages, report

if __name__ == "__main__":
    for module in (building, pages, explorer, growth):
        name = module.__name__.rpartition(".")[2]
        print(f"{name}:")
        rows = report.show(module.measure())
        report.write(name, report.HEAD, [row.cells() for row in rows])
