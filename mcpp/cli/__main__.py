from mcpp.cli.main import main

main()
